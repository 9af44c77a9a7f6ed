;; Texts as they are recorded, and comparisons of bytes.

;; The bytes of what is recorded, with room after it: vectors are read a little beyond its end.
(global $frame i32 (i32.const 0x10000))

;; Narrows $count UTF-16 units to ASCII in small letters and returns their end. -1: other letters, a NUL within, or no room.
(func $narrow (param $at i32) (param $count i32) (param $out i32) (result i32)
  (local $bytes v128) (local $stops i32) (local $end i32)
  (block $stripped
    (loop $more
      (br_if $stripped (i32.eqz (local.get $count)))
      (br_if $stripped (i32.load16_u align=1 (i32.add (local.get $at) (i32.shl (i32.sub (local.get $count) (i32.const 1)) (i32.const 1)))))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $more)))
  (local.set $end (i32.add (local.get $out) (local.get $count)))
  (if (i32.gt_u (local.get $end) (global.get $textsEnd)) (then (return (i32.const -1))))
  (block $done
    (loop $more
      (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
      ;; What is beyond a byte becomes 0 or 0xff here.
      (local.set $bytes (i8x16.narrow_i16x8_u
        (v128.load align=1 (local.get $at)) (v128.load offset=16 align=1 (local.get $at))))
      (local.set $stops (i8x16.bitmask (v128.or (local.get $bytes)
        (i8x16.eq (local.get $bytes) (v128.const i32x4 0 0 0 0)))))
      (if (i32.lt_u (i32.sub (local.get $end) (local.get $out)) (i32.const 16))
        (then (local.set $stops (i32.and (local.get $stops)
          (i32.sub (i32.shl (i32.const 1) (i32.sub (local.get $end) (local.get $out))) (i32.const 1))))))
      (if (local.get $stops) (then (return (i32.const -1))))
      (v128.store align=1 (local.get $out) (v128.or (local.get $bytes)
        (v128.and (v128.const i32x4 0x20202020 0x20202020 0x20202020 0x20202020)
          (i8x16.lt_u
            (i8x16.sub (local.get $bytes) (v128.const i32x4 0x41414141 0x41414141 0x41414141 0x41414141))
            (v128.const i32x4 0x1a1a1a1a 0x1a1a1a1a 0x1a1a1a1a 0x1a1a1a1a)))))
      (local.set $at (i32.add (local.get $at) (i32.const 32)))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (br $more)))
  (local.get $end))

;; Do the same $length bytes stand at both places?
(func $isEqual (param $left i32) (param $right i32) (param $length i32) (result i32)
  (local $end i32)
  (local.set $end (i32.add (local.get $left) (local.get $length)))
  (block $no
    (loop $eights
      (if (i32.le_u (i32.add (local.get $left) (i32.const 8)) (local.get $end))
        (then
          (br_if $no (i64.ne (i64.load align=1 (local.get $left)) (i64.load align=1 (local.get $right))))
          (local.set $left (i32.add (local.get $left) (i32.const 8)))
          (local.set $right (i32.add (local.get $right) (i32.const 8)))
          (br $eights))))
    (loop $ones
      (if (i32.lt_u (local.get $left) (local.get $end))
        (then
          (br_if $no (i32.ne (i32.load8_u (local.get $left)) (i32.load8_u (local.get $right))))
          (local.set $left (i32.add (local.get $left) (i32.const 1)))
          (local.set $right (i32.add (local.get $right) (i32.const 1)))
          (br $ones))))
    (return (i32.const 1)))
  (i32.const 0))

(func $isSame (param $left i32) (param $leftEnd i32) (param $right i32) (param $rightEnd i32) (result i32)
  (local $length i32)
  (local.set $length (i32.sub (local.get $leftEnd) (local.get $left)))
  (if (i32.ne (local.get $length) (i32.sub (local.get $rightEnd) (local.get $right))) (then (return (i32.const 0))))
  (call $isEqual (local.get $left) (local.get $right) (local.get $length)))

;; Do $length characters of a set (a byte for each ASCII code) stand side by side? Most are never looked at.
(func $hasRun (param $from i32) (param $end i32) (param $set i32) (param $length i32) (result i32)
  (local $at i32) (local $back i32)
  (local.set $at (i32.add (local.get $from) (i32.sub (local.get $length) (i32.const 1))))
  (block $no
    (loop $more
      (br_if $no (i32.ge_s (local.get $at) (local.get $end)))
      (local.set $back (i32.const 0))
      (block $broken
        (loop $members
          (br_if $broken (i32.eqz (i32.load8_u (i32.add (local.get $set)
            (i32.load8_u (i32.sub (local.get $at) (local.get $back)))))))
          (local.set $back (i32.add (local.get $back) (i32.const 1)))
          (if (i32.eq (local.get $back) (local.get $length)) (then (return (i32.const 1))))
          (br $members)))
      (local.set $at (i32.add (local.get $at) (i32.sub (local.get $length) (local.get $back))))
      (br $more)))
  (i32.const 0))

;; Is the text an IPv4 address, written plainly, that is in a network? A network is the address and the mask.
(func $isInNetworks (param $at i32) (param $end i32) (param $network i32) (param $networkCount i32) (result i32)
  (local $address i32) (local $part i32) (local $digits i32) (local $dots i32) (local $sign i32)
  (block $no
    (block $read
      (loop $more
        (br_if $read (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $sign (i32.sub (i32.load8_u (local.get $at)) (i32.const 0x30)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (if (i32.lt_u (local.get $sign) (i32.const 10))
          (then
            ;; A zero before other digits means octal to some.
            (br_if $no (i32.and (i32.ne (local.get $digits) (i32.const 0)) (i32.eqz (local.get $part))))
            (local.set $part (i32.add (i32.mul (local.get $part) (i32.const 10)) (local.get $sign)))
            (local.set $digits (i32.add (local.get $digits) (i32.const 1)))
            (br_if $no (i32.gt_u (local.get $part) (i32.const 255)))
            (br $more)))
        (br_if $no (i32.ne (local.get $sign) (i32.const -2)))
        (br_if $no (i32.eqz (local.get $digits)))
        (local.set $address (i32.or (i32.shl (local.get $address) (i32.const 8)) (local.get $part)))
        (local.set $dots (i32.add (local.get $dots) (i32.const 1)))
        (local.set $part (i32.const 0))
        (local.set $digits (i32.const 0))
        (br $more)))
    (br_if $no (i32.ne (local.get $dots) (i32.const 3)))
    (br_if $no (i32.eqz (local.get $digits)))
    (local.set $address (i32.or (i32.shl (local.get $address) (i32.const 8)) (local.get $part)))
    (loop $each
      (br_if $no (i32.eqz (local.get $networkCount)))
      (if (i32.eq (i32.and (local.get $address) (i32.load offset=4 (local.get $network))) (i32.load (local.get $network)))
        (then (return (i32.const 1))))
      (local.set $network (i32.add (local.get $network) (i32.const 8)))
      (local.set $networkCount (i32.sub (local.get $networkCount) (i32.const 1)))
      (br $each)))
  (i32.const 0))
