"""HTTP of the room: what is owed (`mine`), a basket paid online (`online`), and the provider's messages (`messages`)."""
