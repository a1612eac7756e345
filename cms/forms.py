"""The form that editors upload pictures with."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class CarefulImageField(WagtailImageField):
    """Wagtail's field stumbles over files that only begin like a picture; here they are refused."""

    def to_python(self, data):
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, ValueError) as broken:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from broken


class PageImageForm(BaseImageForm):
    file = CarefulImageField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])
