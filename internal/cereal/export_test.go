package cereal

// Quick is Decode by the reader alone; false if it declines.
func (r *Registry) Quick(data []byte, v any) bool {
	p, rv, err := r.planOf(v)
	return err == nil && r.read(data, p, rv)
}

// Thorough is Decode by the decoder alone.
func (r *Registry) Thorough(data []byte, v any) error {
	p, rv, err := r.planOf(v)
	if err != nil {
		return err
	}
	return r.decode(data, p, rv)
}
