#include "textflag.h"

// Twelve accumulators, the most that the sixteen registers allow: Y0-Y2 are the
// 24 frames' sums for the first component of the tile, Y3-Y5 for the second and
// so on. Each row of x is loaded once for the four components, each weight once
// for the 24 frames: seven loads for twelve multiplications, so that these, two
// a cycle, are what limits the speed. x (7.5 KB for 78 rows) stays in the first
// cache; w streams through, each value once for 24 frames.

#define COMPONENT(weight, a, b, c) \
	VBROADCASTSS weight, Y15 \
	VFMADD231PS  Y12, Y15, a \
	VFMADD231PS  Y13, Y15, b \
	VFMADD231PS  Y14, Y15, c

#define START(constant, a, b, c) \
	VBROADCASTSS constant, a \
	VMOVAPS      a, b        \
	VMOVAPS      a, c

#define BEST(a, b, c, d, result) \
	VMAXPS  a, b, b      \
	VMAXPS  c, d, d      \
	VMAXPS  b, d, d      \
	VMAXPS  result, d, d \
	VMOVUPS d, result

// func maxOverTilesAVX2(best, x, w *float32, rows, tiles int)
TEXT ·maxOverTilesAVX2(SB), NOSPLIT, $0-40
	MOVQ best+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ w+16(FP), BX
	MOVQ rows+24(FP), DX
	MOVQ tiles+32(FP), R8

nextTile:
	START(0(BX), Y0, Y1, Y2)
	START(4(BX), Y3, Y4, Y5)
	START(8(BX), Y6, Y7, Y8)
	START(12(BX), Y9, Y10, Y11)
	ADDQ $16, BX
	MOVQ SI, AX
	MOVQ DX, CX

nextRow:
	VMOVUPS 0(AX), Y12
	VMOVUPS 32(AX), Y13
	VMOVUPS 64(AX), Y14
	COMPONENT(0(BX), Y0, Y1, Y2)
	COMPONENT(4(BX), Y3, Y4, Y5)
	COMPONENT(8(BX), Y6, Y7, Y8)
	COMPONENT(12(BX), Y9, Y10, Y11)
	ADDQ $96, AX
	ADDQ $16, BX
	DECQ CX
	JNZ  nextRow

	BEST(Y0, Y3, Y6, Y9, 0(DI))
	BEST(Y1, Y4, Y7, Y10, 32(DI))
	BEST(Y2, Y5, Y8, Y11, 64(DI))
	DECQ R8
	JNZ  nextTile

	VZEROUPPER
	RET
