package cereal

import "reflect"

// wrapper enters the member ptr_wrapper.
func (d *decoder) wrapper(c *cursor) (cursor, error) {
	at, err := d.named(c, "ptr_wrapper")
	if err != nil {
		return cursor{}, err
	}
	return d.enter(at)
}

func (c uniqueCodec) decode(d *decoder, at uint32, v reflect.Value) error {
	outer, err := d.enter(at)
	if err != nil {
		return err
	}
	return decodeUnique(d, &outer, c.object, v)
}

func decodeUnique(d *decoder, outer *cursor, p *plan, v reflect.Value) error {
	c, err := d.wrapper(outer)
	if err != nil {
		return err
	}
	valid, err := d.number(&c, "valid")
	if err != nil || valid == 0 {
		return err
	}
	data, err := d.named(&c, "data")
	if err != nil {
		return err
	}
	pointer := reflect.New(p.typ)
	v.Set(pointer)
	return p.decode(d, data, pointer.Elem())
}

func (c sharedCodec) decode(d *decoder, at uint32, v reflect.Value) error {
	outer, err := d.enter(at)
	if err != nil {
		return err
	}
	return decodeShared(d, at, &outer, c.object, v)
}

// decodeShared reads a new object or finds the one already read. An object
// gets known by its id only when it is complete, so that nothing read from the
// wire can contain itself.
func decodeShared(d *decoder, at uint32, outer *cursor, p *plan, v reflect.Value) error {
	c, err := d.wrapper(outer)
	if err != nil {
		return err
	}
	id, err := d.number(&c, "id")
	switch {
	case err != nil:
		return err
	case id == 0:
		return d.bad(at, "is null")
	case id&idFirst == 0:
		known := d.shared.get(id)
		if known.object != p {
			return d.bad(at, "refers to an object that is not there")
		}
		v.Set(known.pointer)
		return nil
	}
	data, err := d.named(&c, "data")
	if err != nil {
		return err
	}
	pointer := reflect.New(p.typ)
	if err := p.decode(d, data, pointer.Elem()); err != nil {
		return err
	}
	d.shared.put(id&^idFirst, sharedObject{pointer, p}, len(d.values))
	v.Set(pointer)
	return nil
}

func (c declaredCodec) decode(d *decoder, at uint32, v reflect.Value) error {
	outer, err := d.enter(at)
	if err != nil {
		return err
	}
	p, err := d.objectType(at, &outer, c.object)
	if err != nil {
		return err
	}
	if p != c.object {
		return d.bad(at, "should be a "+c.object.name)
	}
	return decodeShared(d, at, &outer, p, v)
}

func (c *interfaceCodec) decode(d *decoder, at uint32, v reflect.Value) error {
	outer, err := d.enter(at)
	if err != nil {
		return err
	}
	p, err := d.objectType(at, &outer, nil)
	if err != nil {
		return err
	}
	if p == nil {
		if c.unique {
			return nil
		}
		return d.bad(at, "is null")
	}
	if !c.accepts(p) {
		return d.bad(at, "should be a "+c.typ.Name()+", not a "+p.name)
	}
	if c.unique {
		return decodeUnique(d, &outer, p, v)
	}
	return decodeShared(d, at, &outer, p, v)
}

// objectType reads which type stands behind a polymorphic pointer, nil if the
// pointer is null.
func (d *decoder) objectType(at uint32, c *cursor, declared *plan) (*plan, error) {
	id, err := d.number(c, "polymorphic_id")
	if err != nil || id == 0 {
		return nil, err
	}
	if id&idDeclared != 0 {
		if declared == nil {
			return nil, d.bad(at, "does not tell its type")
		}
		return declared, nil
	}
	if id&idFirst == 0 {
		p := d.names[id]
		if p == nil {
			return nil, d.bad(at, "refers to a type that is not there")
		}
		return p, nil
	}
	nameAt, err := d.named(c, "polymorphic_name")
	if err != nil {
		return nil, err
	}
	if d.values[nameAt].kind != kindString {
		return nil, d.bad(nameAt, "should be a string")
	}
	p := d.registry.named[string(d.raw(nameAt))]
	if p == nil {
		return nil, d.bad(nameAt, "names a type that is not known: "+quoteShort(d.raw(nameAt)))
	}
	if d.names[id&^idFirst] == nil {
		d.names[id&^idFirst] = p
	}
	return p, nil
}
