;; Values as JSON in UTF-8. Each function takes where the value stands and where its text goes, and returns the place after
;; what it wrote; there is room. Texts and digits go sixteen at a time where they can.

;; Constant tables. Digits of both cases; then, for each ASCII code, the letter of its two-character escape, or 0.
(data (i32.const 0x00) "0123456789abcdef0123456789ABCDEF")
(data (i32.const 0x88) "btn")
(data (i32.const 0x8c) "fr")
(data (i32.const 0xa2) "\"")
(data (i32.const 0xdc) "\\")

;; A string of $count UTF-16 units, cut at the first NUL.
(func $text (param $at i32) (param $count i32) (param $out i32) (result i32)
  (local $bytes v128) (local $stops i32) (local $step i32) (local $unit i32)
  (i32.store8 (local.get $out) (i32.const 0x22))
  (local.set $out (i32.add (local.get $out) (i32.const 1)))
  (block $done
    (loop $more
      ;; Sixteen units to sixteen bytes. What is beyond a byte becomes 0 or 0xff here, and stops.
      (local.set $bytes (i8x16.narrow_i16x8_u
        (v128.load align=1 (local.get $at)) (v128.load offset=16 align=1 (local.get $at))))
      (v128.store align=1 (local.get $out) (local.get $bytes))
      ;; A stop: control characters, quote, backslash, and all that is not ASCII (its upper bit).
      (local.set $stops (i8x16.bitmask
        (v128.or
          (v128.or (local.get $bytes) (i8x16.lt_u (local.get $bytes) (v128.const i32x4 0x20202020 0x20202020 0x20202020 0x20202020)))
          (v128.or
            (i8x16.eq (local.get $bytes) (v128.const i32x4 0x22222222 0x22222222 0x22222222 0x22222222))
            (i8x16.eq (local.get $bytes) (v128.const i32x4 0x5c5c5c5c 0x5c5c5c5c 0x5c5c5c5c 0x5c5c5c5c))))))
      (if (i32.lt_u (local.get $count) (i32.const 16))
        (then (local.set $stops (i32.or (local.get $stops) (i32.shl (i32.const 1) (local.get $count))))))
      (if (i32.eqz (local.get $stops))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 32)))
          (local.set $out (i32.add (local.get $out) (i32.const 16)))
          (local.set $count (i32.sub (local.get $count) (i32.const 16)))
          (br $more)))
      (local.set $step (i32.ctz (local.get $stops)))
      (local.set $at (i32.add (local.get $at) (i32.shl (local.get $step) (i32.const 1))))
      (local.set $out (i32.add (local.get $out) (local.get $step)))
      (local.set $count (i32.sub (local.get $count) (local.get $step)))
      ;; Units that need more than their own byte often come together.
      (loop $special
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $unit (i32.load16_u align=1 (local.get $at)))
        (br_if $done (i32.eqz (local.get $unit)))
        (local.set $step (i32.const 1))
        (if (i32.lt_u (local.get $unit) (i32.const 0x80))
          (then
            (br_if $more (call $isPlain (local.get $unit)))
            (local.set $out (call $escape (local.get $unit) (local.get $out))))
          (else
            (if (i32.lt_u (local.get $unit) (i32.const 0x800))
              (then
                (i32.store16 align=1 (local.get $out) (i32.or
                  (i32.or (i32.const 0x80c0) (i32.shr_u (local.get $unit) (i32.const 6)))
                  (i32.shl (i32.and (local.get $unit) (i32.const 0x3f)) (i32.const 8))))
                (local.set $out (i32.add (local.get $out) (i32.const 2))))
              (else
                (if (i32.eq (i32.and (local.get $unit) (i32.const 0xf800)) (i32.const 0xd800))
                  (then
                    (local.set $step (call $isPair (local.get $at) (local.get $count)))
                    (local.set $out (call $surrogate (local.get $at) (local.get $step) (local.get $out)))
                    (local.set $step (i32.add (local.get $step) (i32.const 1))))
                  (else
                    (i32.store8 (local.get $out) (i32.or (i32.const 0xe0) (i32.shr_u (local.get $unit) (i32.const 12))))
                    (i32.store8 offset=1 (local.get $out) (call $tail (i32.shr_u (local.get $unit) (i32.const 6))))
                    (i32.store8 offset=2 (local.get $out) (call $tail (local.get $unit)))
                    (local.set $out (i32.add (local.get $out) (i32.const 3)))))))))
        (local.set $at (i32.add (local.get $at) (i32.shl (local.get $step) (i32.const 1))))
        (local.set $count (i32.sub (local.get $count) (local.get $step)))
        (br $special))))
  (i32.store8 (local.get $out) (i32.const 0x22))
  (i32.add (local.get $out) (i32.const 1)))

;; Does the ASCII code stand for itself in a string?
(func $isPlain (param $unit i32) (result i32)
  (i32.and (i32.ge_u (local.get $unit) (i32.const 0x20))
    (i32.and (i32.ne (local.get $unit) (i32.const 0x22)) (i32.ne (local.get $unit) (i32.const 0x5c)))))

;; A continuation byte of UTF-8.
(func $tail (param $bits i32) (result i32)
  (i32.or (i32.const 0x80) (i32.and (local.get $bits) (i32.const 0x3f))))

(func $escape (param $unit i32) (param $out i32) (result i32)
  (local $letter i32)
  (if (i32.lt_u (local.get $unit) (i32.const 0x80))
    (then (local.set $letter (i32.load8_u offset=0x80 (local.get $unit)))))
  (if (local.get $letter)
    (then
      (i32.store16 align=1 (local.get $out) (i32.or (i32.const 0x5c) (i32.shl (local.get $letter) (i32.const 8))))
      (return (i32.add (local.get $out) (i32.const 2)))))
  (i32.store16 align=1 (local.get $out) (i32.const 0x755c))
  (i32.store8 offset=2 (local.get $out) (i32.load8_u (i32.shr_u (local.get $unit) (i32.const 12))))
  (i32.store8 offset=3 (local.get $out) (i32.load8_u (i32.and (i32.shr_u (local.get $unit) (i32.const 8)) (i32.const 15))))
  (i32.store8 offset=4 (local.get $out) (i32.load8_u (i32.and (i32.shr_u (local.get $unit) (i32.const 4)) (i32.const 15))))
  (i32.store8 offset=5 (local.get $out) (i32.load8_u (i32.and (local.get $unit) (i32.const 15))))
  (i32.add (local.get $out) (i32.const 6)))

;; Do the two halves of a character stand here?
(func $isPair (param $at i32) (param $count i32) (result i32)
  (i32.and (i32.ge_u (local.get $count) (i32.const 2))
    (i32.eq (i32.and (i32.load align=1 (local.get $at)) (i32.const 0xfc00fc00)) (i32.const 0xdc00d800))))

;; A lone half stays what it is, as an escape: JSON.parse gives it back.
(func $surrogate (param $at i32) (param $isPair i32) (param $out i32) (result i32)
  (local $code i32)
  (if (i32.eqz (local.get $isPair))
    (then (return (call $escape (i32.load16_u align=1 (local.get $at)) (local.get $out)))))
  (local.set $code (i32.add (i32.const 0x10000) (i32.or
    (i32.shl (i32.and (i32.load16_u align=1 (local.get $at)) (i32.const 0x3ff)) (i32.const 10))
    (i32.and (i32.load16_u offset=2 align=1 (local.get $at)) (i32.const 0x3ff)))))
  (i32.store8 (local.get $out) (i32.or (i32.const 0xf0) (i32.shr_u (local.get $code) (i32.const 18))))
  (i32.store8 offset=1 (local.get $out) (call $tail (i32.shr_u (local.get $code) (i32.const 12))))
  (i32.store8 offset=2 (local.get $out) (call $tail (i32.shr_u (local.get $code) (i32.const 6))))
  (i32.store8 offset=3 (local.get $out) (call $tail (local.get $code)))
  (i32.add (local.get $out) (i32.const 4)))

;; Digits are made from the last to the first before this place, and copied from there.
(global $digitsEnd i32 (i32.const 0x140))

(func $u32 (param $value i32) (param $out i32) (result i32)
  (local $at i32) (local $tenth i32)
  (if (i32.lt_u (local.get $value) (i32.const 10))
    (then
      (i32.store8 (local.get $out) (i32.add (i32.const 0x30) (local.get $value)))
      (return (i32.add (local.get $out) (i32.const 1)))))
  (local.set $at (global.get $digitsEnd))
  (loop $more
    (local.set $at (i32.sub (local.get $at) (i32.const 1)))
    (local.set $tenth (i32.div_u (local.get $value) (i32.const 10)))
    (i32.store8 (local.get $at) (i32.add (i32.const 0x30)
      (i32.sub (local.get $value) (i32.mul (local.get $tenth) (i32.const 10)))))
    (br_if $more (local.tee $value (local.get $tenth))))
  (v128.store align=1 (local.get $out) (v128.load align=1 (local.get $at)))
  (i32.add (local.get $out) (i32.sub (global.get $digitsEnd) (local.get $at))))

(func $u64 (param $value i64) (param $out i32) (result i32)
  (local $at i32) (local $tenth i64)
  (if (i64.eqz (i64.shr_u (local.get $value) (i64.const 32)))
    (then (return (call $u32 (i32.wrap_i64 (local.get $value)) (local.get $out)))))
  (local.set $at (global.get $digitsEnd))
  (loop $more
    (local.set $at (i32.sub (local.get $at) (i32.const 1)))
    (local.set $tenth (i64.div_u (local.get $value) (i64.const 10)))
    (i64.store8 (local.get $at) (i64.add (i64.const 0x30)
      (i64.sub (local.get $value) (i64.mul (local.get $tenth) (i64.const 10)))))
    (br_if $more (i32.eqz (i64.eqz (local.tee $value (local.get $tenth))))))
  (v128.store align=1 (local.get $out) (v128.load align=1 (local.get $at)))
  (v128.store offset=16 align=1 (local.get $out) (v128.load offset=16 align=1 (local.get $at)))
  (i32.add (local.get $out) (i32.sub (global.get $digitsEnd) (local.get $at))))

(func $i64 (param $value i64) (param $out i32) (result i32)
  (if (i64.ge_s (local.get $value) (i64.const 0))
    (then (return (call $u64 (local.get $value) (local.get $out)))))
  (i32.store8 (local.get $out) (i32.const 0x2d))
  (call $u64 (i64.sub (i64.const 0) (local.get $value)) (i32.add (local.get $out) (i32.const 1))))

;; "0x3e7"
(func $hex (param $value i64) (param $out i32) (result i32)
  (local $shift i64)
  (i32.store align=1 (local.get $out) (i32.const 0x783022))
  (local.set $out (i32.add (local.get $out) (i32.const 3)))
  ;; The lowest bit is set so that zero has a digit.
  (local.set $shift (i64.and (i64.sub (i64.const 63) (i64.clz (i64.or (local.get $value) (i64.const 1)))) (i64.const 60)))
  (loop $more
    (i32.store8 (local.get $out) (i32.load8_u (i32.wrap_i64
      (i64.and (i64.shr_u (local.get $value) (local.get $shift)) (i64.const 15)))))
    (local.set $out (i32.add (local.get $out) (i32.const 1)))
    (br_if $more (i64.ge_s (local.tee $shift (i64.sub (local.get $shift) (i64.const 4))) (i64.const 0))))
  (i32.store8 (local.get $out) (i32.const 0x22))
  (i32.add (local.get $out) (i32.const 1)))

;; Upper-case hexadecimal.
(func $binary (param $at i32) (param $size i32) (param $out i32) (result i32)
  (local $end i32)
  (local.set $end (i32.add (local.get $at) (local.get $size)))
  (i32.store8 (local.get $out) (i32.const 0x22))
  (local.set $out (i32.add (local.get $out) (i32.const 1)))
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (i32.store8 (local.get $out) (i32.load8_u offset=16 (i32.shr_u (i32.load8_u (local.get $at)) (i32.const 4))))
      (i32.store8 offset=1 (local.get $out) (i32.load8_u offset=16 (i32.and (i32.load8_u (local.get $at)) (i32.const 15))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $out (i32.add (local.get $out) (i32.const 2)))
      (br $more)))
  (i32.store8 (local.get $out) (i32.const 0x22))
  (i32.add (local.get $out) (i32.const 1)))

;; "{54849625-5478-4994-a5ba-3e3b0328c30d}"
(func $guid (param $at i32) (param $out i32) (result i32)
  (local $bytes v128) (local $upper v128) (local $lower v128) (local $first v128) (local $second v128)
  (local.set $bytes (v128.load align=1 (local.get $at)))
  ;; The first three parts are numbers, their least byte first.
  (local.set $bytes (i8x16.shuffle 3 2 1 0 5 4 7 6 8 9 10 11 12 13 14 15 (local.get $bytes) (local.get $bytes)))
  (local.set $upper (i8x16.swizzle (v128.load (i32.const 0)) (i8x16.shr_u (local.get $bytes) (i32.const 4))))
  (local.set $lower (i8x16.swizzle (v128.load (i32.const 0))
    (v128.and (local.get $bytes) (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f))))
  (local.set $first (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $upper) (local.get $lower)))
  (local.set $second (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31 (local.get $upper) (local.get $lower)))
  (i32.store16 align=1 (local.get $out) (i32.const 0x7b22))
  (v128.store64_lane offset=2 align=1 0 (local.get $out) (local.get $first))
  (i32.store8 offset=10 (local.get $out) (i32.const 0x2d))
  (v128.store32_lane offset=11 align=1 2 (local.get $out) (local.get $first))
  (i32.store8 offset=15 (local.get $out) (i32.const 0x2d))
  (v128.store32_lane offset=16 align=1 3 (local.get $out) (local.get $first))
  (i32.store8 offset=20 (local.get $out) (i32.const 0x2d))
  (v128.store32_lane offset=21 align=1 0 (local.get $out) (local.get $second))
  (i32.store8 offset=25 (local.get $out) (i32.const 0x2d))
  (v128.store32_lane offset=26 align=1 1 (local.get $out) (local.get $second))
  (v128.store64_lane offset=30 align=1 1 (local.get $out) (local.get $second))
  (i32.store16 offset=38 align=1 (local.get $out) (i32.const 0x227d))
  (i32.add (local.get $out) (i32.const 40)))

;; "S-1-5-21-…": the authority has 48 bits, the greatest byte first.
(func $sid (param $at i32) (param $out i32) (result i32)
  (local $authority i64) (local $i i32) (local $end i32)
  (i32.store align=1 (local.get $out) (i32.const 0x2d5322))
  (local.set $out (call $u32 (i32.load8_u (local.get $at)) (i32.add (local.get $out) (i32.const 3))))
  (local.set $i (i32.const 2))
  (loop $more
    (local.set $authority (i64.or (i64.shl (local.get $authority) (i64.const 8))
      (i64.load8_u (i32.add (local.get $at) (local.get $i)))))
    (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8))))
  (i32.store8 (local.get $out) (i32.const 0x2d))
  (local.set $out (call $u64 (local.get $authority) (i32.add (local.get $out) (i32.const 1))))
  (local.set $end (i32.add (i32.add (local.get $at) (i32.const 8))
    (i32.shl (i32.load8_u offset=1 (local.get $at)) (i32.const 2))))
  (local.set $at (i32.add (local.get $at) (i32.const 8)))
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (i32.store8 (local.get $out) (i32.const 0x2d))
      (local.set $out (call $u32 (i32.load align=1 (local.get $at)) (i32.add (local.get $out) (i32.const 1))))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br $more)))
  (i32.store8 (local.get $out) (i32.const 0x22))
  (i32.add (local.get $out) (i32.const 1)))

(func $bool (param $value i32) (param $out i32) (result i32)
  ;; Windows stores masks in some boolean fields: the number is the fact.
  (if (i32.gt_u (local.get $value) (i32.const 1)) (then (return (call $u32 (local.get $value) (local.get $out)))))
  (if (local.get $value)
    (then
      (i32.store align=1 (local.get $out) (i32.const 0x65757274))
      (return (i32.add (local.get $out) (i32.const 4)))))
  (i64.store align=1 (local.get $out) (i64.const 0x65736c6166))
  (i32.add (local.get $out) (i32.const 5)))

;; Two decimal digits.
(func $two (param $value i32) (param $out i32)
  (local $tenth i32)
  (local.set $tenth (i32.div_u (local.get $value) (i32.const 10)))
  (i32.store16 align=1 (local.get $out) (i32.add (i32.const 0x3030) (i32.add (local.get $tenth)
    (i32.shl (i32.sub (local.get $value) (i32.mul (local.get $tenth) (i32.const 10))) (i32.const 8))))))

;; `"2024-05-06T` of the day written last stands at $date: records are of the same day as a rule.
(global $date i32 (i32.const 0x150))
(global $day (mut i32) (i32.const -1))

;; "2024-05-06T07:08:09.1234567Z" of a FILETIME below 2^63.
(func $filetime (param $time i64) (param $out i32) (result i32)
  (local $seconds i64) (local $day i32) (local $second i32) (local $minute i32) (local $ticks i32)
  (local.set $seconds (i64.div_u (local.get $time) (i64.const 10000000)))
  (local.set $ticks (i32.wrap_i64 (i64.sub (local.get $time) (i64.mul (local.get $seconds) (i64.const 10000000)))))
  (local.set $day (i32.wrap_i64 (i64.div_u (local.get $seconds) (i64.const 86400))))
  (local.set $second (i32.wrap_i64 (i64.rem_u (local.get $seconds) (i64.const 86400))))
  (if (i32.ne (local.get $day) (global.get $day))
    (then
      (global.set $day (local.get $day))
      (call $writeDate (local.get $day))))
  (v128.store align=1 (local.get $out) (v128.load (global.get $date)))
  (local.set $minute (i32.div_u (local.get $second) (i32.const 60)))
  (call $two (i32.div_u (local.get $minute) (i32.const 60)) (i32.add (local.get $out) (i32.const 12)))
  (i32.store8 offset=14 (local.get $out) (i32.const 0x3a))
  (call $two (i32.rem_u (local.get $minute) (i32.const 60)) (i32.add (local.get $out) (i32.const 15)))
  (i32.store8 offset=17 (local.get $out) (i32.const 0x3a))
  (call $two (i32.rem_u (local.get $second) (i32.const 60)) (i32.add (local.get $out) (i32.const 18)))
  (i32.store16 offset=20 align=1 (local.get $out) (i32.add (i32.const 0x302e)
    (i32.shl (i32.div_u (local.get $ticks) (i32.const 1000000)) (i32.const 8))))
  (call $two (i32.rem_u (i32.div_u (local.get $ticks) (i32.const 10000)) (i32.const 100)) (i32.add (local.get $out) (i32.const 22)))
  (call $two (i32.rem_u (i32.div_u (local.get $ticks) (i32.const 100)) (i32.const 100)) (i32.add (local.get $out) (i32.const 24)))
  (call $two (i32.rem_u (local.get $ticks) (i32.const 100)) (i32.add (local.get $out) (i32.const 26)))
  (i32.store16 offset=28 align=1 (local.get $out) (i32.const 0x225a))
  (i32.add (local.get $out) (i32.const 30)))

;; The proleptic Gregorian date of a day since 1601, counted in eras of 400 years from March on (`dateOfDay` in time.ts).
(func $writeDate (param $day i32)
  (local $era i32) (local $of i32) (local $year i32) (local $month i32)
  (local.set $of (i32.add (local.get $day) (i32.const 584694)))
  (local.set $era (i32.div_u (local.get $of) (i32.const 146097)))
  (local.set $of (i32.sub (local.get $of) (i32.mul (local.get $era) (i32.const 146097))))
  (local.set $year (i32.div_u
    (i32.sub
      (i32.add (i32.sub (local.get $of) (i32.div_u (local.get $of) (i32.const 1460))) (i32.div_u (local.get $of) (i32.const 36524)))
      (i32.div_u (local.get $of) (i32.const 146096)))
    (i32.const 365)))
  (local.set $of (i32.sub (local.get $of)
    (i32.sub
      (i32.add (i32.mul (local.get $year) (i32.const 365)) (i32.div_u (local.get $year) (i32.const 4)))
      (i32.div_u (local.get $year) (i32.const 100)))))
  (local.set $month (i32.div_u (i32.add (i32.mul (local.get $of) (i32.const 5)) (i32.const 2)) (i32.const 153)))
  (local.set $of (i32.sub (local.get $of)
    (i32.div_u (i32.add (i32.mul (local.get $month) (i32.const 153)) (i32.const 2)) (i32.const 5))))
  (local.set $month (select
    (i32.add (local.get $month) (i32.const 3)) (i32.sub (local.get $month) (i32.const 9))
    (i32.lt_u (local.get $month) (i32.const 10))))
  ;; As Windows renders it: the last four digits of a year past 9999.
  (local.set $year (i32.rem_u
    (i32.add
      (i32.add (i32.mul (local.get $era) (i32.const 400)) (local.get $year))
      (i32.le_u (local.get $month) (i32.const 2)))
    (i32.const 10000)))
  (i32.store8 (global.get $date) (i32.const 0x22))
  (call $two (i32.div_u (local.get $year) (i32.const 100)) (i32.add (global.get $date) (i32.const 1)))
  (call $two (i32.rem_u (local.get $year) (i32.const 100)) (i32.add (global.get $date) (i32.const 3)))
  (i32.store8 offset=5 (global.get $date) (i32.const 0x2d))
  (call $two (local.get $month) (i32.add (global.get $date) (i32.const 6)))
  (i32.store8 offset=8 (global.get $date) (i32.const 0x2d))
  (call $two (i32.add (local.get $of) (i32.const 1)) (i32.add (global.get $date) (i32.const 9)))
  (i32.store8 offset=11 (global.get $date) (i32.const 0x54)))
