"""Who, when, which: an outline in, a plan with clock times and groups out."""
