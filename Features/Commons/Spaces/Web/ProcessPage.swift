// Commons/Spaces/Web/ProcessPage
