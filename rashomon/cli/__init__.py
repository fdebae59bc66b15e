"""The command line: each verb calls one function below it and shows what came out."""
