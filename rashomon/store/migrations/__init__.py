"""How the tables of a store came to be, step by step; run by itself when a store is opened."""
