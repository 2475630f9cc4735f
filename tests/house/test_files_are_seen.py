"""What holds a private file is seen by the removal of files that nothing holds."""

from django.apps import apps

from office.models import StoredFile


def holders():
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.related_model is StoredFile and not hasattr(model, "pgh_label") and "pgh" not in model._meta.model_name
    ]


def test_every_relation_to_a_file_has_a_name():
    """One behind „+” is hidden: its file would count as held by nothing, and be removed with its row's proof."""
    hidden = [str(field) for field in holders() if field.remote_field.hidden]

    assert hidden == []


def test_the_walk_sees_files_of_several_rooms():
    assert {field.model._meta.app_label for field in holders()} >= {"consultations", "eboi", "wifi_points"}
