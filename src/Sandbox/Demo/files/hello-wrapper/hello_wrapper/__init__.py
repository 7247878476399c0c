"""Greets people, and shows how a wrapper around images and resources is released."""
