// Only the templates are used, so that the library need not be linked.
#define LEMON_ONLY_TEMPLATES

#include "CLemon.h"

#include <lemon/circulation.h>
#include <lemon/maps.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace {

using Graph = lemon::StaticDigraph;

// A C array read and written as one of the library's maps: in a static digraph
// the number of a node or an arc is its place in the arrays that built it.
template <typename Item, typename Number>
class ArrayMap {
public:
    using Key = Item;
    using Value = Number;

    explicit ArrayMap(const Number *numbers) : numbers_(numbers) {}
    Number operator[](Item item) const { return numbers_[Graph::id(item)]; }

private:
    const Number *numbers_;
};

using Numbers = ArrayMap<Graph::Arc, int64_t>;

// Marks a set of nodes whose bounds contradict each other.
void find_barrier(
    const Graph &graph, const Numbers &lower, const Numbers &upper, uint8_t *barrier)
{
    lemon::ConstMap<Graph::Node, int64_t> nothing(0);
    lemon::Circulation<Graph, Numbers, Numbers, lemon::ConstMap<Graph::Node, int64_t>> circulation(
        graph, lower, upper, nothing);
    bool sound = circulation.run();
    for (Graph::NodeIt node(graph); node != lemon::INVALID; ++node) {
        barrier[Graph::id(node)] = !sound && circulation.barrier(node) ? 1 : 0;
    }
}

// Runs the simplex with numbers of one type.
template <typename Number>
int run_simplex(
    const Graph &graph, const Numbers &lower, const Numbers &upper, const Numbers &cost,
    int64_t *flow, int64_t *potential)
{
    using Simplex = lemon::NetworkSimplex<Graph, Number, Number>;
    Simplex simplex(graph);
    simplex.lowerMap(lower).upperMap(upper).costMap(cost);
    typename Simplex::ProblemType found = simplex.run();
    if (found == Simplex::INFEASIBLE) return CLEMON_INFEASIBLE;
    if (found != Simplex::OPTIMAL) return CLEMON_FAILED;
    for (Graph::ArcIt arc(graph); arc != lemon::INVALID; ++arc) {
        flow[Graph::id(arc)] = simplex.flow(arc);
    }
    for (Graph::NodeIt node(graph); node != lemon::INVALID; ++node) {
        potential[Graph::id(node)] = simplex.potential(node);
    }
    return CLEMON_OPTIMAL;
}

// True when no sum along a path and no flow can outgrow 32 bits; the simplex is
// a third quicker with them.
bool is_small(int32_t nodes, int32_t arcs, const int64_t *upper, const int64_t *cost)
{
    const int64_t most = std::numeric_limits<int32_t>::max() / 4;
    int64_t largest = 1, all = 0;
    for (int32_t arc = 0; arc < arcs; ++arc) {
        largest = std::max(largest, cost[arc] < 0 ? -cost[arc] : cost[arc]);
        all += upper[arc];
    }
    return all < most && largest < most / (nodes + 1);
}

int solve(
    int32_t nodes, int32_t arcs, const int32_t *from, const int32_t *to, const int64_t *lower,
    const int64_t *upper, const int64_t *cost, int64_t *flow, int64_t *potential,
    uint8_t *barrier)
{
    std::vector<std::pair<int, int>> ends;
    ends.reserve(static_cast<size_t>(arcs));
    for (int32_t arc = 0; arc < arcs; ++arc) ends.emplace_back(from[arc], to[arc]);
    Graph graph;
    graph.build(nodes, ends.begin(), ends.end());

    Numbers lowest(lower), highest(upper), costs(cost);
    int found = is_small(nodes, arcs, upper, cost)
        ? run_simplex<int32_t>(graph, lowest, highest, costs, flow, potential)
        : run_simplex<int64_t>(graph, lowest, highest, costs, flow, potential);
    if (found == CLEMON_INFEASIBLE) find_barrier(graph, lowest, highest, barrier);
    return found;
}

}  // namespace

int clemon_circulation(
    int32_t nodes, int32_t arcs, const int32_t *from, const int32_t *to, const int64_t *lower,
    const int64_t *upper, const int64_t *cost, int64_t *flow, int64_t *potential,
    uint8_t *barrier)
{
    // No exception may reach a caller that is not C++.
    try {
        return solve(nodes, arcs, from, to, lower, upper, cost, flow, potential, barrier);
    } catch (...) {
        return CLEMON_FAILED;
    }
}
