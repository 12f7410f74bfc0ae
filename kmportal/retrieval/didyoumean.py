def better(plan, readers):
    return ""
