"""What readers may ask of their own data, and what the house forgets by itself."""
