package transcript

type officeForm struct{ Form }

func officeForms() []officeForm { return nil }
