using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Requests;

/// <summary>Requests as rows.</summary>
internal static class RequestTable
{
    public static Listing Of(IEnumerable<RequestView> requests)
    {
        var listing = new Listing("id", "model", "state", "age#", "ttft#", "tokens#", "client", "instance");
        foreach (var request in requests)
        {
            listing.Add(
                request.Id, $"{request.Model}@{request.Version}{(request.Shadow ? " (shadow)" : "")}", Cell.State(request.State),
                Durations.Show(TimeSpan.FromMilliseconds(request.AgeMs)), Figures.Milliseconds(request.TimeToFirstTokenMs), request.Tokens, request.Client?.Shown ?? "", request.Instance);
        }

        return listing;
    }
}
