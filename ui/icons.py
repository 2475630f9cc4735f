"""Line icons on a 24 x 24 ground, drawn for this portal. They only repeat what a word beside them says."""

ICONS = {
    "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4",
    "check": "M5 13l4 4L19 7",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 7.500v.01",
    "warning": "M12 4L2.500 20h19zM12 10v4.500M12 17.200v.01",
    "cross": "M6 6l12 12M18 6L6 18",
    "stop": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.500V13M12 16.200v.01",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.500 2",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "forward": "M5 12h14M13 6l6 6-6 6",
    "form": "M5 3h14v18H5zM9 8h6M9 12h6M9 16h3",
    "voices": "M3 5h12v8H8l-4 3v-3H3zM17 9h4v8h-1v3l-4-3h-5v-2",
    "card": "M3 5h18v14H3zM3 10h18M7 15h4",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
    "wifi": "M2.500 9.500a14 14 0 0 1 19 0M6 13a9 9 0 0 1 12 0M9.500 16.500a4 4 0 0 1 5 0M12 20v.01",
    "recycle": "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6",
    "key": "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l8-8M16 7l3 3M13.500 9.500l2 2",
    "letter": "M3 6h18v12H3zM3 7l9 7 9-7",
    "phone": "M5 4h4l2 5-3 2a12 12 0 0 0 5 5l2-3 5 2v4a2 2 0 0 1-2 2C10 21 3 14 3 6a2 2 0 0 1 2-2z",
    "pin": "M12 21s7-6.500 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12zM12 6.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
}
