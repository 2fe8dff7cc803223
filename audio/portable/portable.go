// Package portable holds the elementary functions that the outputs depend on, with the
// same result to the last bit on every processor.
//
// Those of package math are exact enough, but not everywhere the same: [math.Exp] is
// written in assembly for some processors, and one of these versions even asks the
// processor at hand what it can do. And Go fuses x*y + z into one instruction, which
// rounds once instead of twice, where the processor has it: on arm64, ppc64, riscv64 and
// s390x, and on amd64 with GOAMD64=v3. What is defined without doubt are single
// additions, multiplications, divisions and square roots, each rounded by IEEE 754, and a
// conversion such as float64(x*y), behind which nothing is fused. The functions here
// consist of these, and so does all arithmetic of Cuewright that reaches an output:
//
//	sum += float64(x * y) // not sum += x * y
//
// .ci/portable finds what breaks this rule.
package portable

import "math"

// ln 2 in two parts. The first has 32 bits, so that its product with any exponent is
// exact.
const (
	ln2High = 0x1.62e42feep-1
	ln2Low  = math.Ln2 - ln2High
)

// Log returns the natural logarithm of x, to 1 ulp: -Inf of 0, NaN of what is below.
func Log(x float64) float64 {
	const fraction, bias, exponents = 52, 1023, 1 << 11
	bits := math.Float64bits(x)
	exponent := int(bits>>fraction) - bias // of a normal positive number
	switch {
	case x < 0 || x != x:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case exponent == exponents-1-bias:
		return x // +Inf
	case exponent == -bias: // subnormal
		return Log(x*(1<<fraction)) - fraction*math.Ln2
	}
	// x = m 2^exponent with m in [sqrt(1/2), sqrt 2).
	m := math.Float64frombits(bits&(1<<fraction-1) | bias<<fraction)
	if m > math.Sqrt2 {
		m /= 2
		exponent++
	}
	// With s = f/(2+f), log(1+f) is 2 artanh s = 2s + 2s^3/3 + 2s^5/5 + ... Since 2s = f - sf,
	// that is f - s(f - rest), where only the small part is not exact. s^2 is below
	// 0.0295, so that ten terms of the rest suffice. Those of odd and of even number are
	// added up apart: neither has to wait for the other.
	f := m - 1
	s := f / (2 + f)
	z := s * s
	w := z * z
	odd := float64(w*(2./19)) + 2./15
	odd = float64(w*odd) + 2./11
	odd = float64(w*odd) + 2./7
	odd = float64(w*odd) + 2./3
	even := float64(w*(2./21)) + 2./17
	even = float64(w*even) + 2./13
	even = float64(w*even) + 2./9
	even = float64(w*even) + 2./5
	rest := float64(z*odd) + float64(w*even)
	k := float64(exponent)
	return float64(k*ln2High) - ((float64(s*(f-rest)) - float64(k*ln2Low)) - f)
}

// Exp returns e to the x, to 1 ulp; +Inf and 0 where that is out of range.
func Exp(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 710:
		return math.Inf(1)
	case x < -746:
		return 0
	}
	// x = k ln 2 + r, with r within ln(2)/2 of 0, where the power series to r^13 suffices.
	k := math.Floor(float64(x*(1/math.Ln2)) + 0.5)
	r := x - float64(k*ln2High) - float64(k*ln2Low)
	tail := series(r, 1./2, 1./6, 1./24, 1./120, 1./720, 1./5040, 1./40320, 1./362880, 1./3628800, 1./39916800,
		1./479001600, 1./6227020800)
	return math.Ldexp(1+(r+float64(float64(r*r)*tail)), int(k))
}

// SinPi returns the sine of pi x, to 1e-16, for x within a million of 0.
func SinPi(x float64) float64 { return cosine(x, -1) }

// CosPi returns the cosine of pi x, to 1e-16, for x within a million of 0.
func CosPi(x float64) float64 { return cosine(x, 0) }

// cosine returns the cosine of pi x after so many quarter turns.
func cosine(x float64, quarters int64) float64 {
	// x = n/2 + an eighth of a turn or less, so that the series to the 17th power suffice.
	n := math.Floor(float64(2*x) + 0.5)
	t := (x - float64(n/2)) * math.Pi
	z := t * t
	quarters += int64(n)
	var y float64
	if quarters&1 == 0 {
		y = series(z, 1, -1./2, 1./24, -1./720, 1./40320, -1./3628800, 1./479001600, -1./87178291200, 1./20922789888000)
	} else {
		y = -t * series(z, 1, -1./6, 1./120, -1./5040, 1./362880, -1./39916800, 1./6227020800, -1./1307674368000,
			1./355687428096000)
	}
	if quarters&2 != 0 {
		return -y
	}
	return y
}

// series returns the sum of coefficients[i] x^i.
func series(x float64, coefficients ...float64) float64 {
	var sum float64
	for i := len(coefficients) - 1; i >= 0; i-- {
		sum = float64(sum*x) + coefficients[i]
	}
	return sum
}
