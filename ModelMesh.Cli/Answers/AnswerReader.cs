using System.Text;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Answers;

/// <summary>Streams one answer: each piece is given on as it comes, and at the end it is known whether the answer is whole.</summary>
internal static class AnswerReader
{
    /// <param name="onPiece">Called for each piece.</param>
    /// <param name="stop">Ends the answer early: what came until then is the answer.</param>
    /// <exception cref="CommandFailure">It was refused, failed, or was cut.</exception>
    public static async Task<AnswerSummary> ReadAsync(GatewayClient gateway, string body, Action<TokenEvent> onPiece, TimeProvider time, CancellationToken stop)
    {
        var since = time.GetTimestamp();
        TimeSpan? first = null;
        var text = new StringBuilder();
        var pieces = 0;
        string? server = null;
        try
        {
            using var stream = await gateway.InferAsync(body, stop);
            server = stream.Server;
            await foreach (var next in stream.EventsAsync(stop))
            {
                switch (next.Kind)
                {
                    case "token":
                        var piece = next.Read(ApiJson.Default.TokenEvent);
                        first ??= time.GetElapsedTime(since);
                        pieces++;
                        text.Append(piece.Token);
                        onPiece(piece);
                        break;
                    case "done":
                        var done = next.Read(ApiJson.Default.DoneEvent);
                        return new AnswerSummary(first, time.GetElapsedTime(since), text.ToString(), pieces, done.Model is null ? server : $"{done.Model}@{done.Version}", done);
                    case "error":
                        throw ApiErrors.OfEvent(next.Data);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new AnswerSummary(first, time.GetElapsedTime(since), text.ToString(), pieces, server, Done: null);
        }

        throw AnswerStream.Cut();
    }
}
