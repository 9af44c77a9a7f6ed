/**
 * Puts items in order before they are used. Items that come in order cost a push and a shift; late ones go through a
 * heap.
 */
export interface OrderedQueue<T> {
  readonly size: number;
  push(item: T): void;
  peek(): T | undefined;
  pop(): T | undefined;
}

export function createOrderedQueue<T>(compare: (a: T, b: T) => number): OrderedQueue<T> {
  let run: T[] = [];
  let head = 0;
  const heap: T[] = [];

  const isFromHeap = () => heap.length > 0 && (head === run.length || compare(heap[0]!, run[head]!) < 0);

  const shift = (): T | undefined => {
    const item = run[head];
    if (item === undefined) return undefined;
    head++;
    if (head === run.length) {
      run = [];
      head = 0;
    } else if (head >= 4096 && head * 2 >= run.length) {
      run = run.slice(head);
      head = 0;
    }
    return item;
  };

  return {
    get size() {
      return run.length - head + heap.length;
    },
    push(item) {
      if (head === run.length || compare(run[run.length - 1]!, item) <= 0) run.push(item);
      else pushHeap(heap, item, compare);
    },
    peek: () => (isFromHeap() ? heap[0] : run[head]),
    pop: () => (isFromHeap() ? popHeap(heap, compare) : shift()),
  };
}

function pushHeap<T>(heap: T[], item: T, compare: (a: T, b: T) => number): void {
  let index = heap.length;
  heap.push(item);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (compare(heap[parent]!, item) <= 0) break;
    heap[index] = heap[parent]!;
    index = parent;
  }
  heap[index] = item;
}

function popHeap<T>(heap: T[], compare: (a: T, b: T) => number): T | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (heap.length === 0 || last === undefined) return top;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) < 0) child++;
    if (compare(last, heap[child]!) <= 0) break;
    heap[index] = heap[child]!;
    index = child;
  }
  heap[index] = last;
  return top;
}
