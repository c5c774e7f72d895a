using Grpc.Core;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Registry.Requests;

/// <summary>The gRPC face of <see cref="LocalRequests"/>, for the other replicas.</summary>
internal sealed class RequestsService(LocalRequests requests) : Contracts.V1.Requests.RequestsBase
{
    public override Task<ListResponse> List(ListRequest request, ServerCallContext context) => Task.FromResult(RequestWire.ToWire(requests.List(RequestWire.ToFilter(request))));

    public override Task<CancelResponse> Cancel(CancelRequest request, ServerCallContext context)
    {
        var response = new CancelResponse();
        response.Cancelled.AddRange(requests.Cancel(request.RequestId, request.By).Select(RequestWire.ToWire));
        return Task.FromResult(response);
    }
}
