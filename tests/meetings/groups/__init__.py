"""Groups within meetings."""
