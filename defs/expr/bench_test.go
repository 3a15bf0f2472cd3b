package expr

import (
	"fmt"
	"strconv"
	"testing"
)

// The trigger of the benchmark definition, and one with everything.
const (
	plainText = "../f1/t1 == complete"
	richText  = "(../f1/t1 == complete and ./t2:meter >= 20) or :YMD + 2 > 20200228 and not t3<flag>late or t4 == aborted"
)

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{"plain": plainText, "rich": richText} {
		b.Run(name+"/new", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				root, err := parse(text)
				if err != nil {
					b.Fatal(err)
				}
				finish(root, text)
			}
		})
		b.Run(name+"/known", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkEval(b *testing.B) {
	tr := baseTree()
	for name, text := range map[string]string{"plain": "../f/a == complete", "rich": "(../f/a == complete and ./a:m >= 20) and :YMD + 2 > 20200228 and not a<flag>late"} {
		e := mustParse(b, text)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !e.Eval(tr) {
					b.Fatal("must hold")
				}
			}
		})
	}
}

// BenchmarkHundredThousand parses and evaluates as many different triggers: one round of a large suite.
func BenchmarkHundredThousand(b *testing.B) {
	tr := baseTree()
	texts := make([]string, 100_000)
	for i := range texts {
		texts[i] = fmt.Sprintf("../f/t%d == complete or ./a:m >= %s", i, strconv.Itoa(i%50))
	}
	b.ReportAllocs()
	for b.Loop() {
		held := 0
		for _, text := range texts {
			e, err := Parse(text)
			if err != nil {
				b.Fatal(err)
			}
			if e.Eval(tr) {
				held++
			}
		}
		if held == 0 {
			b.Fatal("some must hold")
		}
	}
}
