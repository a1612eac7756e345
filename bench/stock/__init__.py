"""A stock django-oscar: what its documentation ("Building your own shop") tells a new shop to write, nothing more."""
