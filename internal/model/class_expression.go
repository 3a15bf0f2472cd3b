package model

func expressionClasses() []Class {
	return nil
}
