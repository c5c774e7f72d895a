namespace ModelMesh.ServiceDefaults.Resilience;

/// <summary>The right to send one request. Give it back exactly once, by one of the breaker's <c>Succeeded</c>, <c>Failed</c> and <c>GiveBack</c>.</summary>
/// <param name="Round">Which of the breaker's rounds, from one change of its state to the next, it is of; what a request of an earlier one says counts no more.</param>
/// <param name="IsProbe">Whether it is the only request that an open breaker lets through.</param>
public readonly record struct CircuitPermit(int Round, bool IsProbe);
