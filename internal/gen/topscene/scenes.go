package topscene

// Scene is a screen after some keys.
type Scene struct {
	Name  string
	Title string // for the documentation; "": not there
	Keys  []string
}

// Scenes are those of the golden tests; those with a title are in the documentation.
func Scenes() []Scene {
	return []Scene{
		{Name: "start"},
		{Name: "tree", Title: "A tree with an aborted task, and its attributes", Keys: []string{"*", "n", "a"}},
		{Name: "why", Title: "Why a task does not run", Keys: []string{"*", "/", "type:products", "enter", "w"}},
		{Name: "info", Keys: []string{"n", "i"}},
		{Name: "output", Keys: []string{"n", "o"}},
		{Name: "manual_full", Keys: []string{"n", "m", "z"}},
		{Name: "log", Keys: []string{"8"}},
		{Name: "messages", Keys: []string{"n", "x", "t", "y", "9"}},
		{Name: "filter", Keys: []string{"f", "type:aborted queued", "enter"}},
		{Name: "filter_typing", Keys: []string{"f", "type:model"}},
		{Name: "attributes", Keys: []string{"*", "A"}},
		{Name: "sorted", Keys: []string{"*", "s", "s"}},
		{Name: "menu", Keys: []string{"n", "x"}},
		{Name: "confirm", Keys: []string{"n", "x", "q"}},
		{Name: "force", Keys: []string{"n", "x", "f"}},
		{Name: "delete", Keys: []string{"n", "x", "d", "type:mod"}},
		{Name: "marked", Keys: []string{"*", "n", "space", "space", "x"}},
		{Name: "add", Title: "Adding a server that speaks TLS", Keys: []string{"+", "type:hpc2-login", "tab", "tab", "tab", "tab", "space"}},
		{Name: "help", Keys: []string{"?"}},
	}
}
