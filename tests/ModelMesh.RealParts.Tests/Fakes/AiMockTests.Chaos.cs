using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Fakes;

/// <content>Faults by chance, over many requests: an answer is whole, or it is a failure, and never silently short.</content>
public abstract partial class AiMockTests
{
    private const int Requests = 200;

    // Its dice fall before the answer begins; what is cut in the middle is cut by the prompt's word, every other time.
    private static readonly string[] Prompts = ["hello", "TRUNC", "hello", "HANGUP"];

    [OnRealPart(RealPart.AiMock)]
    public async Task Chaos_Malformed_LeavesNoAnswerSilentlyShort()
    {
        var failures = await RunAsync("--chaos-malformed", "0.3");
        Assert.All(failures, failure => Assert.Equal(BackendErrorKind.Protocol, failure.Kind));
    }

    [OnRealPart(RealPart.AiMock)]
    public async Task Chaos_Disconnect_LeavesNoAnswerSilentlyShort()
    {
        var failures = await RunAsync("--chaos-disconnect", "0.3");
        Assert.All(failures, failure => Assert.Contains(failure.Kind, (BackendErrorKind[])[BackendErrorKind.Protocol, BackendErrorKind.Unavailable]));
    }

    [OnRealPart(RealPart.AiMock)]
    public async Task Chaos_EveryKindAtOnce_LeavesNoAnswerSilentlyShortAndTellsEachFault()
    {
        var failures = await RunAsync("--chaos-malformed", "0.15", "--chaos-disconnect", "0.15", "--chaos-drop", "0.1", "--chaos-ratelimit", "0.1", "--latency", "1");
        Assert.Contains(failures, failure => failure.Kind == BackendErrorKind.Protocol);
        Assert.Contains(failures, failure => failure.Kind == BackendErrorKind.Upstream);
        Assert.Contains(failures, failure => failure.Kind == BackendErrorKind.RateLimited && failure.RetryAfter > TimeSpan.Zero);
    }

    private async Task<IReadOnlyList<BackendException>> RunAsync(params string[] options)
    {
        await using var server = await AiMock.StartAsync(options);
        await using var backend = Over(server);
        var failures = new List<BackendException>();
        var whole = 0;
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (number, token) =>
        {
            var outcome = new ChatOutcome();
            try
            {
                await backend.ChatAsync([new(ChatRole.User, Prompts[number % Prompts.Length])], outcome, cancellationToken: token);
                Assert.True(outcome.Text == AiMock.Answer || outcome.SkippedChunks > 0, $"short without a word: {outcome.Text}");
                Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
                Interlocked.Increment(ref whole);
            }
            catch (BackendException exception)
            {
                Assert.Contains(outcome.Text, AiMock.Answer + AiMock.CutAnswer + AiMock.HungUpAnswer, StringComparison.Ordinal);
                lock (failures)
                {
                    failures.Add(exception);
                }
            }
        });

        // With these chances either side is this small less than once in a million runs.
        Assert.InRange(failures.Count, Requests / 10, Requests);
        Assert.InRange(whole, Requests / 10, Requests);
        return failures;
    }
}
