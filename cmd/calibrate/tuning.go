package main

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"cuewright/align"
)

// set sets a field of t, as in SkipSentence=60 or LongState=100ms.
func set(t *align.Tuning, assignment string) error {
	name, text, _ := strings.Cut(assignment, "=")
	field := reflect.ValueOf(t).Elem().FieldByName(name)
	if !field.IsValid() || field.Kind() == reflect.Struct {
		return fmt.Errorf("%q is no constant of align.Tuning: they are %s", name, strings.Join(constants(reflect.TypeOf(*t)), ", "))
	}
	var value any
	var err error
	switch field.Interface().(type) {
	case time.Duration:
		value, err = time.ParseDuration(text)
	case int:
		value, err = strconv.Atoi(text)
	default:
		value, err = strconv.ParseFloat(text, 64)
	}
	if err != nil {
		return fmt.Errorf("%s can't be %q: give a value like %v", name, text, field)
	}
	field.Set(reflect.ValueOf(value))
	return nil
}

// constants returns the names of all fields, those of embedded structs too.
func constants(t reflect.Type) []string {
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		if !f.Anonymous {
			names = append(names, f.Name)
		}
	}
	return names
}
