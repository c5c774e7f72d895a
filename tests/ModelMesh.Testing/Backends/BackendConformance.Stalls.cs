using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>An upstream that takes its time: that is the host's to end, which has the time-outs, and never the plugin's.</content>
public abstract partial class BackendConformance
{
    private static readonly TimeSpan LongerThanAnyTimeout = TimeSpan.FromHours(2);

    // HttpClient and the vendors' SDKs end a request after 100 s of real time unless told otherwise.
    private static readonly TimeSpan LongerThanAnyDefault = TimeSpan.FromSeconds(105);

    [Theory]
    [InlineData(StallPoint.BeforeHead)]
    [InlineData(StallPoint.BeforeFirstToken)]
    [InlineData(StallPoint.BetweenTokens)]
    public async Task Stall_OfHoursByTheHostsClock_EndsNothing(StallPoint point)
    {
        var (stalled, go) = (Gate(), Gate());
        var chat = ChatAsync(CreateStalling(point, stalled, go.Task));
        await stalled.Task.WaitAsync(Patience, TimeProvider.System);

        Clock.Advance(LongerThanAnyTimeout);
        go.SetResult();

        Assert.Equal("Hello", (await chat.WaitAsync(Patience, TimeProvider.System)).Text);
    }

    [LongFact]
    public async Task Stall_LongerThanAnyDefaultTimeout_EndsNothing()
    {
        var chats = Enum.GetValues<StallPoint>()
            .Select(point => ChatAsync(CreateStalling(point, Gate(), Task.Delay(LongerThanAnyDefault, TimeProvider.System)))).ToList();

        Assert.All(await Task.WhenAll(chats), outcome => Assert.Equal("Hello", outcome.Text));
    }

    private IBackend CreateStalling(StallPoint point, TaskCompletionSource stalled, Task go) => Create(async exchange =>
    {
        await ReachAsync(StallPoint.BeforeHead);
        await exchange.StartAsync(Dialect.StreamType);
        await ReachAsync(StallPoint.BeforeFirstToken);
        await exchange.SendAsync(Dialect.Frame(Dialect.Text("Hel")));
        await ReachAsync(StallPoint.BetweenTokens);
        await exchange.SendAsync(Dialect.Frame(Dialect.Text("lo")) + string.Concat(Dialect.Ending().Select(payload => Dialect.Frame(payload))));
        await exchange.EndAsync();

        async Task ReachAsync(StallPoint reached)
        {
            if (reached == point)
            {
                stalled.TrySetResult();
                await go;
            }
        }
    });

    /// <summary>Where an upstream stands still.</summary>
    public enum StallPoint
    {
        /// <summary>The request is read.</summary>
        BeforeHead,

        /// <summary>The answer's head is sent.</summary>
        BeforeFirstToken,

        /// <summary>Some text is sent.</summary>
        BetweenTokens,
    }
}
