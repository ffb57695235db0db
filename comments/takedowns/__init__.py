"""Requests to take a comment from the readers for the rights of somebody else."""
