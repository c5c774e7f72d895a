using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Cache.Flights;

/// <summary>What a request that shares an answer is told while it waits: its place in a queue, or that there are tokens.</summary>
internal readonly record struct FlightNews(Queued? Place, SharedStream? Stream);
