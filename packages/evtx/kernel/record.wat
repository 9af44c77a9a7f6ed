;; A record as JSON by the programs of its templates. A program is made by json-program.ts and laid out by json-kernel.ts, whose
;; constants have the same names as the globals here. All reads stay within the record: starts of values are cut at its end.
;; Every function returns the place after what it wrote, or 0 where it gives up: then the general way makes the text.

(memory (export "memory") 128 128)

;; The chunk at hand, with room after it: a search for the end of a text looks a little beyond.
(global $chunk i32 (i32.const 0x10000))
;; By the offset of a definition in the chunk: the mark of the chunk that it was noted for, and the template's address.
(global $marks i32 (i32.const 0x30000))
(global $templates i32 (i32.const 0x70000))
;; Where the values of the instances being written begin, a list after the other.
(global $starts i32 (i32.const 0xb0000))
(global $startsEnd i32 (i32.const 0xf0000))
(global $outEnd i32 (i32.const 0x200000))
(global $mark (export "mark") (mut i32) (i32.const 0))
;; Fragments within fragments: real records nest once or twice.
(global $depthMax i32 (i32.const 4))

;; Room that the programs under way may still need; and what a copy of sixteen bytes may take beyond it.
(global $reserved (mut i32) (i32.const 0))
(global $margin i32 (i32.const 1024))

;; The record's fragment at [$at, $limit) as an object of its root element.
(func (export "record") (param $at i32) (param $limit i32) (param $out i32) (result i32)
  (local $end i32)
  (global.set $reserved (i32.const 0))
  (local.set $end (call $fragment
    (local.get $at) (local.get $limit) (i32.add (local.get $out) (i32.const 1)) (global.get $starts) (i32.const 0) (i32.const 0)))
  (if (i32.eqz (local.get $end)) (then (return (i32.const 0))))
  (i32.store8 (local.get $out) (i32.const 0x7b))
  (i32.store8 (local.get $end) (i32.const 0x7d))
  (i32.add (local.get $end) (i32.const 1)))

;; A fragment of exactly one template instance, written as the member that its root is. $step: the step of the outer
;; program that it stands for, or 0.
(func $fragment (param $at i32) (param $limit i32) (param $out i32) (param $starts i32) (param $depth i32) (param $step i32) (result i32)
  (local $definition i32) (local $count i32) (local $program i32) (local $room i32)
  (if (i32.gt_u (local.get $depth) (global.get $depthMax)) (then (return (i32.const 0))))
  (if (i32.lt_u (i32.add (local.get $at) (i32.const 14)) (local.get $limit))
    (then (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x0f))
      (then (local.set $at (i32.add (local.get $at) (i32.const 4)))))))
  (if (i32.gt_u (i32.add (local.get $at) (i32.const 10)) (local.get $limit)) (then (return (i32.const 0))))
  (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x0c)) (then (return (i32.const 0))))
  (local.set $definition (i32.load offset=6 align=1 (local.get $at)))
  (if (i32.gt_u (local.get $definition) (i32.const 0xffff)) (then (return (i32.const 0))))
  (local.set $at (i32.add (local.get $at) (i32.const 10)))
  ;; The definition stands inline at its first use in the chunk.
  (if (i32.eq (i32.add (global.get $chunk) (local.get $definition)) (local.get $at))
    (then
      (if (i32.gt_u (i32.add (local.get $at) (i32.const 24)) (local.get $limit)) (then (return (i32.const 0))))
      (if (i32.gt_u (i32.load offset=20 align=1 (local.get $at)) (i32.const 0xffff)) (then (return (i32.const 0))))
      (local.set $at (i32.add (i32.add (local.get $at) (i32.const 24)) (i32.load offset=20 align=1 (local.get $at))))))
  (if (i32.gt_u (i32.add (local.get $at) (i32.const 4)) (local.get $limit)) (then (return (i32.const 0))))
  (local.set $count (i32.load align=1 (local.get $at)))
  (local.set $at (i32.add (local.get $at) (i32.const 4)))
  (if (i32.gt_u (local.get $count) (i32.shr_u (i32.sub (local.get $limit) (local.get $at)) (i32.const 2)))
    (then (return (i32.const 0))))
  (if (i32.eqz (call $locate (local.get $at) (local.get $count) (local.get $limit) (local.get $starts)))
    (then (return (i32.const 0))))
  (local.set $definition (i32.shl (local.get $definition) (i32.const 2)))
  (if (i32.ne (i32.load (i32.add (global.get $marks) (local.get $definition))) (global.get $mark))
    (then (return (i32.const 0))))
  (local.set $program (call $programFor
    (i32.load (i32.load (i32.add (global.get $templates) (local.get $definition))))
    (local.get $at) (local.get $count) (local.get $starts)))
  (if (i32.eqz (local.get $program)) (then (return (i32.const 0))))
  (if (local.get $step)
    (then (if (call $isTaken (i32.load offset=4 (local.get $program)) (local.get $step)) (then (return (i32.const 0))))))
  (local.set $room (i32.add (i32.load offset=16 (local.get $program))
    (i32.mul (i32.load offset=20 (local.get $program)) (i32.sub (local.get $limit) (local.get $at)))))
  (global.set $reserved (i32.add (global.get $reserved) (local.get $room)))
  (if (i32.gt_u (i32.add (i32.add (local.get $out) (global.get $reserved)) (global.get $margin)) (global.get $outEnd))
    (then (return (i32.const 0))))
  (local.set $out (call $run
    (local.get $program) (local.get $count) (local.get $starts) (local.get $out) (local.get $depth)))
  (global.set $reserved (i32.sub (global.get $reserved) (local.get $room)))
  (local.get $out))

;; Notes where the values begin, and where the last one ends. 0: too many, or something stands after them.
(func $locate (param $table i32) (param $count i32) (param $limit i32) (param $starts i32) (result i32)
  (local $start i32) (local $values i32)
  (if (i32.gt_u (i32.add (local.get $starts) (i32.shl (i32.add (local.get $count) (i32.const 1)) (i32.const 2))) (global.get $startsEnd))
    (then (return (i32.const 0))))
  (local.set $values (i32.add (local.get $table) (i32.shl (local.get $count) (i32.const 2))))
  (local.set $start (local.get $values))
  (block $done
    (loop $more
      (i32.store (local.get $starts)
        (select (local.get $start) (local.get $limit) (i32.lt_u (local.get $start) (local.get $limit))))
      (br_if $done (i32.ge_u (local.get $table) (local.get $values)))
      (local.set $start (i32.add (local.get $start) (i32.load16_u align=1 (local.get $table))))
      (local.set $table (i32.add (local.get $table) (i32.const 4)))
      (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
      (br $more)))
  (if (i32.ge_u (local.get $start) (local.get $limit)) (then (return (i32.const 1))))
  (i32.eqz (i32.load8_u (local.get $start))))

;; The first of a template's programs whose states are those of the values, or 0.
(func $programFor (param $program i32) (param $table i32) (param $count i32) (param $starts i32) (result i32)
  (block $none
    (loop $more
      (br_if $none (i32.eqz (local.get $program)))
      (if (call $fits (local.get $program) (local.get $table) (local.get $count) (local.get $starts))
        (then (return (local.get $program))))
      (local.set $program (i32.load (local.get $program)))
      (br $more)))
  (i32.const 0))

;; The same as `hasStates` in instance.ts: type, and whether the value is empty; an empty type says nothing of a size.
(func $fits (param $program i32) (param $table i32) (param $count i32) (param $starts i32) (result i32)
  (local $slot i32) (local $slots i32) (local $state i32) (local $type i32) (local $start i32) (local $size i32) (local $isEmpty i32)
  (local.set $slots (i32.load offset=8 (local.get $program)))
  (local.set $program (i32.add (local.get $program) (i32.const 40)))
  (block $yes
    (loop $more
      (br_if $yes (i32.ge_u (local.get $slot) (local.get $slots)))
      (local.set $state (i32.load16_s (local.get $program)))
      (if (i32.ge_s (local.get $state) (i32.const 0))
        (then
          (local.set $type (i32.const 0))
          (if (i32.lt_u (local.get $slot) (local.get $count))
            (then (local.set $type (i32.load8_u offset=2 (local.get $table)))))
          (if (i32.ne (local.get $type) (i32.and (local.get $state) (i32.const 0xff))) (then (return (i32.const 0))))
          (if (i32.lt_u (i32.sub (local.get $type) (i32.const 1)) (i32.const 0x7f))
            (then
              (local.set $start (i32.load (local.get $starts)))
              (local.set $size (i32.sub (i32.load offset=4 (local.get $starts)) (local.get $start)))
              (local.set $isEmpty (i32.eqz (local.get $size)))
              (if (i32.eq (local.get $type) (i32.const 1))
                (then (local.set $isEmpty (i32.or
                  (i32.le_u (local.get $size) (i32.const 1))
                  (i32.eqz (i32.load16_u align=1 (local.get $start)))))))
              (if (i32.ne (local.get $isEmpty) (i32.ge_u (local.get $state) (i32.const 0x100)))
                (then (return (i32.const 0))))))))
      (local.set $slot (i32.add (local.get $slot) (i32.const 1)))
      (local.set $program (i32.add (local.get $program) (i32.const 2)))
      (local.set $table (i32.add (local.get $table) (i32.const 4)))
      (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
      (br $more)))
  (i32.const 1))

;; Is the name among those that the step's fragment must not have?
(func $isTaken (param $name i32) (param $step i32) (result i32)
  (local $at i32) (local $end i32)
  (local.set $at (i32.load offset=16 (local.get $step)))
  (local.set $end (i32.add (local.get $at) (i32.shl (i32.load offset=20 (local.get $step)) (i32.const 2))))
  (block $no
    (loop $more
      (br_if $no (i32.ge_u (local.get $at) (local.get $end)))
      (if (i32.eq (i32.load (local.get $at)) (local.get $name)) (then (return (i32.const 1))))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br $more)))
  (i32.const 0))

;; Constant text and values in turn.
(func $run (param $program i32) (param $count i32) (param $starts i32) (param $out i32) (param $depth i32) (result i32)
  (local $step i32) (local $end i32) (local $slot i32) (local $start i32) (local $size i32) (local $type i32) (local $next i32)
  (local.set $step (i32.load offset=32 (local.get $program)))
  (local.set $end (i32.add (local.get $step) (i32.mul (i32.load offset=12 (local.get $program)) (i32.const 24))))
  (local.set $next (i32.add (local.get $starts) (i32.shl (i32.add (local.get $count) (i32.const 1)) (i32.const 2))))
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $step) (local.get $end)))
      (local.set $out (call $constant (i32.load (local.get $step)) (i32.load offset=4 (local.get $step)) (local.get $out)))
      (local.set $slot (i32.add (local.get $starts) (i32.shl (i32.load offset=8 (local.get $step)) (i32.const 2))))
      (local.set $type (i32.load offset=12 (local.get $step)))
      (local.set $start (i32.load (local.get $slot)))
      (local.set $size (i32.sub (i32.load offset=4 (local.get $slot)) (local.get $start)))
      (if (i32.eq (local.get $type) (i32.const 0x01))
        (then (local.set $out (call $text (local.get $start) (i32.shr_u (local.get $size) (i32.const 1)) (local.get $out))))
        (else (if (i32.eq (local.get $type) (i32.const 0x21))
          (then (local.set $out (call $fragment
            (local.get $start) (i32.add (local.get $start) (local.get $size))
            (local.get $out) (local.get $next) (i32.add (local.get $depth) (i32.const 1)) (local.get $step))))
          (else (local.set $out (call $value (local.get $type) (local.get $start) (local.get $size) (local.get $out)))))))
      (if (i32.eqz (local.get $out)) (then (return (i32.const 0))))
      (local.set $step (i32.add (local.get $step) (i32.const 24)))
      (br $more)))
  (call $constant (i32.load offset=24 (local.get $program)) (i32.load offset=28 (local.get $program)) (local.get $out)))

;; Copies text that stands in the program; there is room for whole sixteens on both sides.
(func $constant (param $from i32) (param $length i32) (param $out i32) (result i32)
  (local $end i32)
  (local.set $end (i32.add (local.get $out) (local.get $length)))
  (loop $more
    (v128.store align=1 (local.get $out) (v128.load (local.get $from)))
    (local.set $from (i32.add (local.get $from) (i32.const 16)))
    (br_if $more (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 16))) (local.get $end))))
  (local.get $end))

;; A value that is neither text nor a fragment. A size that does not fit the type, and rarer types, give up.
(func $value (param $type i32) (param $at i32) (param $size i32) (param $out i32) (result i32)
  (block $other
    (if (i32.eq (local.get $type) (i32.const 0x81))
      (then (return (call $list (local.get $at) (local.get $size) (local.get $out)))))
    (block $hex (block $sid (block $time (block $guid (block $binary (block $bool
      (block $u64 (block $i64 (block $u32 (block $i32 (block $u16 (block $i16 (block $u8 (block $i8
        (br_table
          $other $other $other $i8 $u8 $i16 $u16 $i32 $u32 $i64 $u64 $other $other $bool $binary $guid
          $hex $time $other $sid $hex $hex $other $other $other $other $other $other $other $other $other $other
          $hex $other (local.get $type))) ;; $i8
        (br_if $other (i32.ne (local.get $size) (i32.const 1)))
        (return (call $i64 (i64.load8_s (local.get $at)) (local.get $out)))) ;; $u8
        (br_if $other (i32.ne (local.get $size) (i32.const 1)))
        (return (call $u32 (i32.load8_u (local.get $at)) (local.get $out)))) ;; $i16
        (br_if $other (i32.ne (local.get $size) (i32.const 2)))
        (return (call $i64 (i64.load16_s align=1 (local.get $at)) (local.get $out)))) ;; $u16
        (br_if $other (i32.ne (local.get $size) (i32.const 2)))
        (return (call $u32 (i32.load16_u align=1 (local.get $at)) (local.get $out)))) ;; $i32
        (br_if $other (i32.ne (local.get $size) (i32.const 4)))
        (return (call $i64 (i64.load32_s align=1 (local.get $at)) (local.get $out)))) ;; $u32
        (br_if $other (i32.ne (local.get $size) (i32.const 4)))
        (return (call $u32 (i32.load align=1 (local.get $at)) (local.get $out)))) ;; $i64
        (br_if $other (i32.ne (local.get $size) (i32.const 8)))
        (return (call $i64 (i64.load align=1 (local.get $at)) (local.get $out)))) ;; $u64
        (br_if $other (i32.ne (local.get $size) (i32.const 8)))
        (return (call $u64 (i64.load align=1 (local.get $at)) (local.get $out)))) ;; $bool
      (br_if $other (i32.ne (local.get $size) (i32.const 4)))
      (return (call $bool (i32.load align=1 (local.get $at)) (local.get $out)))) ;; $binary
      (return (call $binary (local.get $at) (local.get $size) (local.get $out)))) ;; $guid
      (br_if $other (i32.ne (local.get $size) (i32.const 16)))
      (return (call $guid (local.get $at) (local.get $out)))) ;; $time
      (br_if $other (i32.ne (local.get $size) (i32.const 8)))
      (br_if $other (i64.lt_s (i64.load align=1 (local.get $at)) (i64.const 0)))
      (return (call $filetime (i64.load align=1 (local.get $at)) (local.get $out)))) ;; $sid
      (br_if $other (i32.lt_u (local.get $size) (i32.const 8)))
      (br_if $other (i32.ne (local.get $size)
        (i32.add (i32.const 8) (i32.shl (i32.load8_u offset=1 (local.get $at)) (i32.const 2)))))
      (return (call $sid (local.get $at) (local.get $out)))) ;; $hex
    (if (i32.eq (local.get $size) (i32.const 4))
      (then (return (call $hex (i64.load32_u align=1 (local.get $at)) (local.get $out)))))
    (br_if $other (i32.ne (local.get $size) (i32.const 8)))
    (return (call $hex (i64.load align=1 (local.get $at)) (local.get $out)))) ;; $other
  (i32.const 0))

;; Strings that end with a NUL each (the last may lack it): a list, one string alone as itself, none as the empty text.
(func $list (param $at i32) (param $size i32) (param $out i32) (result i32)
  (local $end i32) (local $count i32) (local $first i32) (local $next i32)
  (local.set $end (i32.add (local.get $at) (i32.and (local.get $size) (i32.const 0xfffffffe))))
  (local.set $first (local.get $out))
  (local.set $out (i32.add (local.get $out) (i32.const 1)))
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (if (local.get $count)
        (then
          (i32.store8 (local.get $out) (i32.const 0x2c))
          (local.set $out (i32.add (local.get $out) (i32.const 1)))))
      (local.set $count (i32.add (local.get $count) (i32.const 1)))
      (local.set $next (call $nul (local.get $at) (local.get $end)))
      (local.set $out (call $text
        (local.get $at) (i32.shr_u (i32.sub (local.get $next) (local.get $at)) (i32.const 1)) (local.get $out)))
      (local.set $at (i32.add (local.get $next) (i32.const 2)))
      (br $more)))
  (if (i32.eqz (local.get $count))
    (then
      (i32.store16 align=1 (local.get $first) (i32.const 0x2222))
      (return (i32.add (local.get $first) (i32.const 2)))))
  (if (i32.eq (local.get $count) (i32.const 1))
    (then
      (local.set $next (i32.add (local.get $first) (i32.const 1)))
      (memory.copy (local.get $first) (local.get $next) (i32.sub (local.get $out) (local.get $next)))
      (return (i32.sub (local.get $out) (i32.const 1)))))
  (i32.store8 (local.get $first) (i32.const 0x5b))
  (i32.store8 (local.get $out) (i32.const 0x5d))
  (i32.add (local.get $out) (i32.const 1)))

;; Where the string ends that begins at $at.
(func $nul (param $at i32) (param $end i32) (result i32)
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (br_if $done (i32.eqz (i32.load16_u align=1 (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $more)))
  (local.get $at))
