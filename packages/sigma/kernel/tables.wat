;; Searches by the tables of part-table.ts, whole-table.ts and raw-table.ts: the same look-ups, and so the same finds.

;; Literals: bytes, where each starts, where it may stand (1: at the start, 2: at the end), where its marks start, marks, and the
;; search in which each was found last.

;; Does the literal stand at $at of the text from $from to $end, and may it stand there?
(func $isAt (param $literals i32) (param $literal i32) (param $at i32) (param $from i32) (param $end i32) (result i32)
  (local $start i32) (local $length i32) (local $pin i32)
  (local.set $start (i32.load (i32.add (i32.load offset=4 (local.get $literals)) (i32.shl (local.get $literal) (i32.const 2)))))
  (local.set $length (i32.sub
    (i32.load offset=4 (i32.add (i32.load offset=4 (local.get $literals)) (i32.shl (local.get $literal) (i32.const 2))))
    (local.get $start)))
  (if (i32.lt_s (local.get $at) (local.get $from)) (then (return (i32.const 0))))
  (if (i32.gt_s (i32.add (local.get $at) (local.get $length)) (local.get $end)) (then (return (i32.const 0))))
  (local.set $pin (i32.load8_u (i32.add (i32.load offset=8 (local.get $literals)) (local.get $literal))))
  (if (local.get $pin)
    (then
      (if (i32.eq (local.get $pin) (i32.const 1))
        (then (if (i32.ne (local.get $at) (local.get $from)) (then (return (i32.const 0)))))
        (else (if (i32.ne (i32.add (local.get $at) (local.get $length)) (local.get $end)) (then (return (i32.const 0))))))))
  (call $isEqual (local.get $at) (i32.add (i32.load (local.get $literals)) (local.get $start)) (local.get $length)))

;; Notes the marks of a literal, once a search.
(func $mark (param $literals i32) (param $literal i32)
  (local $place i32) (local $marks i32)
  (local.set $place (i32.add (i32.load offset=20 (local.get $literals)) (i32.shl (local.get $literal) (i32.const 2))))
  (if (i32.eq (i32.load (local.get $place)) (global.get $search)) (then (return)))
  (i32.store (local.get $place) (global.get $search))
  (local.set $place (i32.add (i32.load offset=12 (local.get $literals)) (i32.shl (local.get $literal) (i32.const 2))))
  (local.set $marks (i32.load offset=16 (local.get $literals)))
  (call $marks
    (i32.add (local.get $marks) (i32.shl (i32.load (local.get $place)) (i32.const 2)))
    (i32.add (local.get $marks) (i32.shl (i32.load offset=4 (local.get $place)) (i32.const 2)))))

(func $nextSearch
  (global.set $search (i32.add (global.get $search) (i32.const 1))))

;; Literals anywhere in a text. Table: what a gram is shifted by (8 for three characters), stride, shift of the bitmap and of the
;; groups, bitmap, where groups start, places, literals.
(func $part (param $table i32) (param $from i32) (param $end i32)
  (local $at i32) (local $last i32) (local $stride i32) (local $gram i32) (local $shift i32) (local $bits i32) (local $bit i32)
  (call $nextSearch)
  (local.set $gram (i32.load (local.get $table)))
  (local.set $stride (i32.load offset=4 (local.get $table)))
  (local.set $shift (i32.load offset=8 (local.get $table)))
  (local.set $bits (i32.load offset=16 (local.get $table)))
  (local.set $at (local.get $from))
  (local.set $last (i32.sub (local.get $end) (select (i32.const 3) (i32.const 4) (local.get $gram))))
  (block $done
    (loop $more
      (br_if $done (i32.gt_s (local.get $at) (local.get $last)))
      (local.set $bit (i32.shr_u
        (i32.mul (i32.shl (i32.load align=1 (local.get $at)) (local.get $gram)) (i32.const 0x9e3779b1))
        (local.get $shift)))
      (if (i32.and (i32.const 1) (i32.shr_u
          (i32.load8_u (i32.add (local.get $bits) (i32.shr_u (local.get $bit) (i32.const 3))))
          (i32.and (local.get $bit) (i32.const 7))))
        (then (call $comparePart (local.get $table) (local.get $at) (local.get $from) (local.get $end))))
      (local.set $at (i32.add (local.get $at) (local.get $stride)))
      (br $more))))

;; A place: the four characters there, the mask of those that the literal has, the literal, and where in it they are.
(func $comparePart (param $table i32) (param $at i32) (param $from i32) (param $end i32)
  (local $word i32) (local $group i32) (local $place i32) (local $last i32) (local $places i32)
  (local.set $word (i32.load align=1 (local.get $at)))
  (local.set $group (i32.add (i32.load offset=20 (local.get $table)) (i32.shl
    (i32.shr_u (i32.mul (i32.shl (local.get $word) (i32.load (local.get $table))) (i32.const 0x9e3779b1))
      (i32.load offset=12 (local.get $table)))
    (i32.const 2))))
  (local.set $places (i32.load offset=24 (local.get $table)))
  (local.set $place (i32.add (local.get $places) (i32.shl (i32.load (local.get $group)) (i32.const 4))))
  (local.set $last (i32.add (local.get $places) (i32.shl (i32.load offset=4 (local.get $group)) (i32.const 4))))
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $place) (local.get $last)))
      (if (i32.eqz (i32.and (i32.xor (local.get $word) (i32.load (local.get $place))) (i32.load offset=4 (local.get $place))))
        (then (if (call $isAt (i32.load offset=28 (local.get $table)) (i32.load offset=8 (local.get $place))
            (i32.sub (local.get $at) (i32.load offset=12 (local.get $place))) (local.get $from) (local.get $end))
          (then (call $mark (i32.load offset=28 (local.get $table)) (i32.load offset=8 (local.get $place)))))))
      (local.set $place (i32.add (local.get $place) (i32.const 16)))
      (br $more))))

;; Literals of one or two characters. Table: a byte for each code that one begins with, how many there are, literals.
(func $shorts (param $table i32) (param $from i32) (param $end i32)
  (local $at i32) (local $first i32) (local $literal i32)
  (call $nextSearch)
  (local.set $first (i32.load (local.get $table)))
  (local.set $at (local.get $from))
  (block $done
    (loop $more
      (br_if $done (i32.ge_s (local.get $at) (local.get $end)))
      (if (i32.load8_u (i32.add (local.get $first) (i32.load8_u (local.get $at))))
        (then
          (local.set $literal (i32.load offset=4 (local.get $table)))
          (loop $each
            (local.set $literal (i32.sub (local.get $literal) (i32.const 1)))
            (if (call $isAt (i32.load offset=8 (local.get $table)) (local.get $literal) (local.get $at) (local.get $from) (local.get $end))
              (then (call $mark (i32.load offset=8 (local.get $table)) (local.get $literal))))
            (br_if $each (local.get $literal)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $more))))

;; The literal that a text is as a whole. Table: mask of groups, the longest's length, where groups start, items, literals.
(func $whole (param $table i32) (param $from i32) (param $end i32)
  (local $length i32) (local $hash i32) (local $item i32) (local $last i32) (local $literals i32) (local $starts i32)
  (local.set $length (i32.sub (local.get $end) (local.get $from)))
  (if (i32.gt_u (local.get $length) (i32.load offset=4 (local.get $table))) (then (return)))
  (if (local.get $length)
    (then
      (local.set $hash (i32.add (i32.load8_u (i32.sub (local.get $end) (i32.const 1))) (i32.mul (i32.const 31)
        (i32.add (i32.load8_u (i32.add (local.get $from) (i32.shr_u (local.get $length) (i32.const 1)))) (i32.mul (i32.const 31)
          (i32.add (i32.load8_u (local.get $from)) (i32.mul (i32.const 31) (local.get $length))))))))
      (local.set $hash (i32.xor (local.get $hash) (i32.shr_u (local.get $hash) (i32.const 7))))))
  (local.set $hash (i32.add (i32.load offset=8 (local.get $table))
    (i32.shl (i32.and (local.get $hash) (i32.load (local.get $table))) (i32.const 2))))
  (local.set $item (i32.load (local.get $hash)))
  (local.set $last (i32.load offset=4 (local.get $hash)))
  (if (i32.eq (local.get $item) (local.get $last)) (then (return)))
  (call $nextSearch)
  (local.set $literals (i32.load offset=16 (local.get $table)))
  (loop $more
    (local.set $hash (i32.load (i32.add (i32.load offset=12 (local.get $table)) (i32.shl (local.get $item) (i32.const 2)))))
    (local.set $starts (i32.add (i32.load offset=4 (local.get $literals)) (i32.shl (local.get $hash) (i32.const 2))))
    (if (i32.eq (local.get $length) (i32.sub (i32.load offset=4 (local.get $starts)) (i32.load (local.get $starts))))
      (then (if (call $isAt (local.get $literals) (local.get $hash) (local.get $from) (local.get $from) (local.get $end))
        (then (call $mark (local.get $literals) (local.get $hash))))))
    (br_if $more (i32.lt_u (local.tee $item (i32.add (local.get $item) (i32.const 1))) (local.get $last)))))

;; Four characters from eight bytes of UTF-16, at an even or an odd place.
(func $key (param $at i32) (result i32)
  (local $low i32) (local $high i32)
  (local.set $low (i32.load align=1 (local.get $at)))
  (local.set $high (i32.load offset=4 align=1 (local.get $at)))
  (i32.or (i32.const 0x20202020) (i32.or
    (i32.and (i32.or (local.get $low) (i32.shr_u (local.get $low) (i32.const 8))) (i32.const 0xff00ff))
    (i32.shl (i32.and (i32.or (local.get $high) (i32.shr_u (local.get $high) (i32.const 8))) (i32.const 0xff00ff)) (i32.const 8)))))

;; Long literals anywhere in the bytes of the frame. Table: step, shift of the bitmap and of the groups, bitmap, where groups start,
;; places (key, literal, how far in it), literals.
(func $raw (param $table i32) (param $from i32) (param $end i32)
  (local $at i32) (local $last i32) (local $bit i32) (local $bits i32) (local $shift i32) (local $step i32)
  (call $nextSearch)
  (local.set $step (i32.load (local.get $table)))
  (local.set $shift (i32.load offset=4 (local.get $table)))
  (local.set $bits (i32.load offset=12 (local.get $table)))
  (local.set $from (i32.add (global.get $frame) (local.get $from)))
  (local.set $end (i32.add (global.get $frame) (local.get $end)))
  (local.set $at (local.get $from))
  (local.set $last (i32.sub (local.get $end) (i32.const 8)))
  (block $done
    (loop $more
      (br_if $done (i32.gt_s (local.get $at) (local.get $last)))
      (local.set $bit (i32.shr_u (i32.mul (call $key (local.get $at)) (i32.const 0x9e3779b1)) (local.get $shift)))
      (if (i32.and (i32.const 1) (i32.shr_u
          (i32.load8_u (i32.add (local.get $bits) (i32.shr_u (local.get $bit) (i32.const 3))))
          (i32.and (local.get $bit) (i32.const 7))))
        (then (call $compareRaw (local.get $table) (local.get $at) (local.get $from) (local.get $end))))
      (local.set $at (i32.add (local.get $at) (local.get $step)))
      (br $more))))

(func $compareRaw (param $table i32) (param $at i32) (param $from i32) (param $end i32)
  (local $key i32) (local $group i32) (local $place i32) (local $last i32) (local $places i32)
  (local.set $key (call $key (local.get $at)))
  (local.set $group (i32.add (i32.load offset=16 (local.get $table)) (i32.shl
    (i32.shr_u (i32.mul (local.get $key) (i32.const 0x9e3779b1)) (i32.load offset=8 (local.get $table)))
    (i32.const 2))))
  (local.set $places (i32.load offset=20 (local.get $table)))
  (local.set $place (i32.add (local.get $places) (i32.mul (i32.load (local.get $group)) (i32.const 12))))
  (local.set $last (i32.add (local.get $places) (i32.mul (i32.load offset=4 (local.get $group)) (i32.const 12))))
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $place) (local.get $last)))
      (if (i32.eq (local.get $key) (i32.load (local.get $place)))
        (then (if (call $isRawAt (i32.load offset=24 (local.get $table)) (i32.load offset=4 (local.get $place))
            (i32.sub (local.get $at) (i32.load offset=8 (local.get $place))) (local.get $from) (local.get $end))
          (then (call $mark (i32.load offset=24 (local.get $table)) (i32.load offset=4 (local.get $place)))))))
      (local.set $place (i32.add (local.get $place) (i32.const 12)))
      (br $more))))

;; Names of one family begin alike, as do the values that are no such name: compared from the end.
(func $isRawAt (param $literals i32) (param $literal i32) (param $at i32) (param $from i32) (param $end i32) (result i32)
  (local $starts i32) (local $byte i32) (local $left i32) (local $unit i32)
  (local.set $starts (i32.add (i32.load offset=4 (local.get $literals)) (i32.shl (local.get $literal) (i32.const 2))))
  (local.set $left (i32.sub (i32.load offset=4 (local.get $starts)) (i32.load (local.get $starts))))
  (if (i32.lt_s (local.get $at) (local.get $from)) (then (return (i32.const 0))))
  (if (i32.gt_s (i32.add (local.get $at) (i32.shl (local.get $left) (i32.const 1))) (local.get $end)) (then (return (i32.const 0))))
  (local.set $byte (i32.add (i32.load (local.get $literals)) (i32.load (local.get $starts))))
  (block $no
    (loop $more
      (if (i32.eqz (local.get $left)) (then (return (i32.const 1))))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (local.set $unit (call $foldUnit (i32.load16_u align=1 (i32.add (local.get $at) (i32.shl (local.get $left) (i32.const 1))))))
      (br_if $no (i32.ne (local.get $unit) (i32.load8_u (i32.add (local.get $byte) (local.get $left)))))
      (br $more)))
  (i32.const 0))

;; Small letters for capitals, and for the two letters beyond ASCII that fold to it: the Kelvin sign and the long s.
(func $foldUnit (param $unit i32) (result i32)
  (if (i32.lt_u (i32.sub (local.get $unit) (i32.const 0x41)) (i32.const 26))
    (then (return (i32.or (local.get $unit) (i32.const 0x20)))))
  (if (i32.eq (local.get $unit) (i32.const 0x212a)) (then (return (i32.const 0x6b))))
  (select (i32.const 0x73) (local.get $unit) (i32.eq (local.get $unit) (i32.const 0x017f))))
