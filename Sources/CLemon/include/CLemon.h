#ifndef CLEMON_H
#define CLEMON_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What the solver found. The numbers are part of the interface.
enum {
    CLEMON_OPTIMAL = 0,
    CLEMON_INFEASIBLE = 1,
    CLEMON_FAILED = 2
};

// Finds the cheapest circulation in a network: what flows into a node flows out
// of it, and each arc carries between its lower and its upper bound.
//
// Arcs must be sorted by their first node. flow has room for arcs numbers and
// potential for nodes numbers; both are written when the answer is
// CLEMON_OPTIMAL. In the optimum, cost + potential[from] - potential[to] is
// never below nothing for an arc that could carry more, and never above it for
// one that could carry less.
//
// When the bounds contradict each other the answer is CLEMON_INFEASIBLE and
// barrier, with room for nodes bytes, marks nodes (1) that must send out more
// than the arcs into them can carry. CLEMON_FAILED means that there was no
// memory or that the costs have no lowest sum.
int clemon_circulation(
    int32_t nodes, int32_t arcs, const int32_t *from, const int32_t *to, const int64_t *lower,
    const int64_t *upper, const int64_t *cost, int64_t *flow, int64_t *potential,
    uint8_t *barrier);

#ifdef __cplusplus
}
#endif

#endif
