// Commons/Events/Domain/Event
