package defs

// Variables are the user's variables.
func (n *Node) Variables() []Variable { return n.vars }

// Meters are the node's meters.
func (n *Node) Meters() []Meter { return n.some().meters }

// Events are the node's events.
func (n *Node) Events() []Event { return n.some().events }

// Labels are the node's labels.
func (n *Node) Labels() []Label { return n.some().labels }

// Limits are the node's limits.
func (n *Node) Limits() []*Limit { return n.some().limits }

// InLimits are the node's inlimits.
func (n *Node) InLimits() []InLimit { return n.some().inlimits }

// Trigger is the node's trigger, or nil. Its text is changed through the node only.
func (n *Node) Trigger() *Expression { return n.some().trigger }

// Complete is the node's complete expression, or nil.
func (n *Node) Complete() *Expression { return n.some().complete }

// Repeat is the node's repeat, or nil.
func (n *Node) Repeat() Repeat { return n.some().repeat }

// Times are the node's time attributes.
func (n *Node) Times() []TimeAttr { return n.rare().times }

// Todays are the node's today attributes.
func (n *Node) Todays() []TodayAttr { return n.rare().todays }

// Dates are the node's dates.
func (n *Node) Dates() []DateAttr { return n.rare().dates }

// Days are the node's days.
func (n *Node) Days() []DayAttr { return n.rare().days }

// Crons are the node's crons.
func (n *Node) Crons() []CronAttr { return n.rare().crons }

// Late is the node's late attribute, or nil.
func (n *Node) Late() *LateAttr { return n.rare().late }

// Zombies are the node's zombie attributes.
func (n *Node) Zombies() []ZombieAttr { return n.rare().zombies }

// Verifies are the node's verify attributes.
func (n *Node) Verifies() []VerifyAttr { return n.rare().verifies }

// Queues are the node's queues.
func (n *Node) Queues() []QueueAttr { return n.rare().queues }

// Generics are the node's generic attributes.
func (n *Node) Generics() []GenericAttr { return n.rare().generics }

// Avisos are the node's Aviso attributes: one at most.
func (n *Node) Avisos() []AvisoAttr { return n.rare().avisos }

// Mirrors are the node's mirror attributes: one at most.
func (n *Node) Mirrors() []MirrorAttr { return n.rare().mirrors }

// AutoCancel is the node's autocancel, or nil.
func (n *Node) AutoCancel() *AutoCancel { return n.rare().cancel }

// AutoArchive is the node's autoarchive, or nil.
func (n *Node) AutoArchive() *AutoArchive { return n.rare().archive }

// AutoRestore is the node's autorestore, or nil.
func (n *Node) AutoRestore() *AutoRestore { return n.rare().restore }
