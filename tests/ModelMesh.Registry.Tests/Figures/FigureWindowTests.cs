using ModelMesh.Registry.Figures;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Figures;

public sealed class FigureWindowTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Sum_OfStreamsWithinAMinute_AddsThemUp()
    {
        var window = new FigureWindow(_time);
        window.Add(Stream(tokens: 10));
        _time.Move(TimeSpan.FromSeconds(30));
        window.Add(Stream(tokens: 20));
        window.Add(Stream(tokens: 30));
        _time.Move(TimeSpan.FromSeconds(24));

        Assert.Equal(new StreamFigures(3, TimeSpan.FromMilliseconds(300), 60, TimeSpan.FromSeconds(3)), window.Sum);
    }

    [Fact]
    public void Sum_AsTimeGoesOn_LosesEachStreamAMinuteAfterIt()
    {
        var window = new FigureWindow(_time);
        window.Add(Stream(tokens: 10));
        _time.Move(TimeSpan.FromSeconds(30));
        window.Add(Stream(tokens: 20));

        _time.Move(TimeSpan.FromSeconds(30));
        Assert.Equal(20, window.Sum.StreamedTokens);
        _time.Move(TimeSpan.FromSeconds(30));
        Assert.Equal(default, window.Sum);
    }

    [Fact]
    public void Add_InAStepThatWasUsedAMinuteAgo_StartsItAnew()
    {
        var window = new FigureWindow(_time);
        window.Add(Stream(tokens: 10));
        _time.Move(TimeSpan.FromSeconds(60));
        window.Add(Stream(tokens: 7));

        Assert.Equal(7, window.Sum.StreamedTokens);
    }

    [Fact]
    public void Add_FromManyThreads_LosesNothing()
    {
        var window = new FigureWindow(_time);
        Parallel.For(0, 10_000, _ => window.Add(Stream(tokens: 1)));
        Assert.Equal(10_000, window.Sum.FirstTokens);
    }

    private static StreamFigures Stream(long tokens) => new(1, TimeSpan.FromMilliseconds(100), tokens, TimeSpan.FromSeconds(1));
}
