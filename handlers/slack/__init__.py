"""The wire: requests, answers, forms and the parts of views; it knows no subject."""
