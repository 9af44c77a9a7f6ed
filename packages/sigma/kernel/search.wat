;; Which rules may be true of a recorded event, by the texts that their guards ask for. A program says which cells of the event to
;; search by which tables; program.ts makes it, tables.ts lays the tables out, memory.ts has the addresses under the same names.

;; Puts the text of a cell that is no UTF-16 text at a place. -1: it cannot; 0: nothing that the step looks for is in it.
(import "host" "value" (func $value (param $step i32) (param $cell i32) (param $out i32) (result i32)))
(memory (export "memory") 256 256)

;; By cell: where it starts in the frame (the next one tells its end), and its type: 0 nothing, 1 UTF-16 text.
(global $starts i32 (i32.const 0x22000))
(global $types i32 (i32.const 0x24000))
;; By cell: where its text was put, and the event for which it was.
(global $textFrom i32 (i32.const 0x26000))
(global $textEnd i32 (i32.const 0x28000))
(global $textOf i32 (i32.const 0x2a000))
;; The rules found, and how many.
(global $found i32 (i32.const 0x30000))
(global $count (mut i32) (i32.const 0))
(global $texts i32 (i32.const 0x80000))
(global $textsEnd i32 (i32.const 0xc0000))
;; Where the event's texts end.
(global $free (export "free") (mut i32) (i32.const 0x80000))
;; The number of the event, and a number of the search within it that tells literals found already.
(global $event (export "event") (mut i32) (i32.const 0))
(global $search (export "searches") (mut i32) (i32.const 0))
;; By rule: eight times the event in which a mark of it was seen last, and which marks: 1 and 2 its guards, 4 a veto.
(global $seen (mut i32) (i32.const 0))

;; Searches the event in the frame from $from to $to. Returns how many rules may be true of it; -1: the program cannot tell.
;; Program: steps, seen, rules without guard and how many, marks that every event has and their end; then the steps, eight words each:
;; what to do, cell, and what it needs.
(func (export "search") (param $program i32) (param $from i32) (param $to i32) (result i32)
  (local $step i32) (local $end i32)
  (global.set $event (i32.add (global.get $event) (i32.const 1)))
  (global.set $count (i32.const 0))
  (global.set $free (global.get $texts))
  (global.set $seen (i32.load offset=4 (local.get $program)))
  (call $marks (i32.load offset=16 (local.get $program)) (i32.load offset=20 (local.get $program)))
  (local.set $step (i32.add (local.get $program) (i32.const 32)))
  (local.set $end (i32.add (local.get $step) (i32.shl (i32.load (local.get $program)) (i32.const 5))))
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $step) (local.get $end)))
      (if (i32.eqz (call $run (local.get $step) (local.get $from) (local.get $to))) (then (return (i32.const -1))))
      (local.set $step (i32.add (local.get $step) (i32.const 32)))
      (br $more)))
  (local.set $step (i32.load offset=8 (local.get $program)))
  (local.set $end (i32.add (local.get $step) (i32.shl (i32.load offset=12 (local.get $program)) (i32.const 2))))
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $step) (local.get $end)))
      (call $add (i32.load (local.get $step)))
      (local.set $step (i32.add (local.get $step) (i32.const 4)))
      (br $more)))
  (call $dropVetoed)
  (global.get $count))

;; Takes rules out again of which a text told that they are false.
(func $dropVetoed
  (local $at i32) (local $end i32) (local $seen i32)
  (local.set $at (global.get $found))
  (local.set $end (i32.add (local.get $at) (i32.shl (global.get $count) (i32.const 2))))
  (global.set $count (i32.const 0))
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (local.set $seen (i32.load (i32.add (global.get $seen) (i32.shl (i32.load (local.get $at)) (i32.const 2)))))
      (if (i32.eqz (i32.and
          (i32.eq (i32.shr_u (local.get $seen) (i32.const 3)) (global.get $event))
          (i32.shr_u (i32.and (local.get $seen) (i32.const 4)) (i32.const 2))))
        (then (call $add (i32.load (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br $more))))

(func $add (param $rule i32)
  (i32.store (i32.add (global.get $found) (i32.shl (global.get $count) (i32.const 2))) (local.get $rule))
  (global.set $count (i32.add (global.get $count) (i32.const 1))))

;; Notes marks (a rule's number times eight, and which): a rule of which both guards are seen is found.
(func $marks (param $at i32) (param $end i32)
  (local $mark i32) (local $place i32) (local $before i32) (local $after i32) (local $first i32)
  (local.set $first (i32.shl (global.get $event) (i32.const 3)))
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (local.set $mark (i32.load (local.get $at)))
      (local.set $place (i32.add (global.get $seen) (i32.shl (i32.shr_u (local.get $mark) (i32.const 3)) (i32.const 2))))
      (local.set $before (i32.load (local.get $place)))
      (if (i32.lt_u (local.get $before) (local.get $first)) (then (local.set $before (local.get $first))))
      (local.set $after (i32.or (local.get $before) (i32.and (local.get $mark) (i32.const 7))))
      (if (i32.ne (local.get $after) (local.get $before))
        (then
          (i32.store (local.get $place) (local.get $after))
          (if (i32.and
              (i32.eq (i32.and (local.get $after) (i32.const 3)) (i32.const 3))
              (i32.ne (i32.and (local.get $before) (i32.const 3)) (i32.const 3)))
            (then (call $add (i32.shr_u (local.get $mark) (i32.const 3)))))))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br $more))))

;; 0: the program cannot tell.
(func $run (param $step i32) (param $from i32) (param $to i32) (result i32)
  (local $cell i32) (local $kind i32) (local $start i32) (local $end i32) (local $other i32)
  (local.set $kind (i32.load (local.get $step)))
  (if (i32.eq (local.get $kind) (i32.const 1))
    (then
      (call $raw (i32.load offset=8 (local.get $step)) (local.get $from) (local.get $to))
      (return (i32.const 1))))
  (local.set $cell (i32.shl (i32.load offset=4 (local.get $step)) (i32.const 2)))
  (local.set $end (call $put (local.get $step) (i32.load offset=4 (local.get $step))))
  (if (i32.le_s (local.get $end) (i32.const 0))
    (then (return (i32.or (i32.eqz (local.get $end)) (i32.ne (local.get $kind) (i32.const 0))))))
  (local.set $start (i32.load (i32.add (global.get $textFrom) (local.get $cell))))
  (if (i32.eqz (local.get $kind))
    (then
      ;; A value that is not there when it is empty: the event may have it at another place.
      (if (i32.and (i32.eq (local.get $start) (local.get $end)) (i32.load offset=20 (local.get $step)))
        (then (return (i32.const 0))))
      (if (i32.load offset=8 (local.get $step))
        (then (call $part (i32.load offset=8 (local.get $step)) (local.get $start) (local.get $end))))
      (if (i32.load offset=12 (local.get $step))
        (then (call $whole (i32.load offset=12 (local.get $step)) (local.get $start) (local.get $end))))
      (if (i32.load offset=16 (local.get $step))
        (then (call $shorts (i32.load offset=16 (local.get $step)) (local.get $start) (local.get $end))))
      (return (i32.const 1))))
  (if (i32.eq (local.get $kind) (i32.const 2))
    (then
      ;; A rule is false when so many characters of a set do not stand side by side.
      (if (i32.eqz (call $hasRun (local.get $start) (local.get $end) (i32.load offset=8 (local.get $step)) (i32.load offset=12 (local.get $step))))
        (then (call $marks (i32.add (local.get $step) (i32.const 16)) (i32.add (local.get $step) (i32.const 20)))))
      (return (i32.const 1))))
  (if (i32.eq (local.get $kind) (i32.const 4))
    (then
      ;; A rule is false when an address is in a network.
      (if (call $isInNetworks (local.get $start) (local.get $end) (i32.load offset=8 (local.get $step)) (i32.load offset=12 (local.get $step)))
        (then (call $marks (i32.add (local.get $step) (i32.const 16)) (i32.add (local.get $step) (i32.const 20)))))
      (return (i32.const 1))))
  ;; A rule is false when two texts differ.
  (local.set $other (i32.load offset=8 (local.get $step)))
  (if (i32.le_s (call $put (i32.const 0) (local.get $other)) (i32.const 0)) (then (return (i32.const 1))))
  (local.set $other (i32.shl (local.get $other) (i32.const 2)))
  (if (i32.eqz (call $isSame (local.get $start) (local.get $end)
      (i32.load (i32.add (global.get $textFrom) (local.get $other)))
      (i32.load (i32.add (global.get $textEnd) (local.get $other)))))
    (then (call $marks (i32.add (local.get $step) (i32.const 16)) (i32.add (local.get $step) (i32.const 20)))))
  (i32.const 1))

;; Puts the text of a cell among the event's texts, once, and returns its end. -1: it is no plain ASCII; 0: it need not be searched.
(func $put (param $step i32) (param $cell i32) (result i32)
  (local $type i32) (local $word i32) (local $start i32) (local $end i32)
  (local.set $word (i32.shl (local.get $cell) (i32.const 2)))
  (if (i32.eq (i32.load (i32.add (global.get $textOf) (local.get $word))) (global.get $event))
    (then (return (i32.load (i32.add (global.get $textEnd) (local.get $word))))))
  (local.set $type (i32.load8_u (i32.add (global.get $types) (local.get $cell))))
  (local.set $end (global.get $free))
  (if (i32.eq (local.get $type) (i32.const 1))
    (then
      (local.set $start (i32.load (i32.add (global.get $starts) (local.get $word))))
      (local.set $end (call $narrow (i32.add (global.get $frame) (local.get $start))
        (i32.shr_u (i32.sub (i32.load offset=4 (i32.add (global.get $starts) (local.get $word))) (local.get $start)) (i32.const 1))
        (global.get $free))))
    (else (if (local.get $type)
      (then
        (if (i32.eqz (local.get $step)) (then (return (i32.const 0))))
        (local.set $end (call $value (local.get $step) (local.get $cell) (global.get $free)))))))
  (if (i32.le_s (local.get $end) (i32.const 0)) (then (return (local.get $end))))
  (i32.store (i32.add (global.get $textOf) (local.get $word)) (global.get $event))
  (i32.store (i32.add (global.get $textFrom) (local.get $word)) (global.get $free))
  (i32.store (i32.add (global.get $textEnd) (local.get $word)) (local.get $end))
  (global.set $free (local.get $end))
  (local.get $end))
