using ModelMesh.ServiceDefaults.Lifetimes;

namespace ModelMesh.Gateway.Tests.Lifetimes;

public sealed class UseCountTests
{
    [Fact]
    public void Release_OfTheLast_SaysSo_AndNobodyCanJoinAfter()
    {
        var uses = new UseCount();
        Assert.True(uses.TryAdd());
        Assert.Equal(2, uses.Count);

        Assert.False(uses.Release());
        Assert.True(uses.Release());

        Assert.False(uses.TryAdd());
        Assert.Equal(0, uses.Count);
    }

    [Fact]
    public void ManyAtOnce_ExactlyOneIsTheLast()
    {
        var uses = new UseCount();
        var last = 0;

        Parallel.For(0, 10_000, _ =>
        {
            if (uses.TryAdd() && uses.Release())
            {
                Interlocked.Increment(ref last);
            }
        });

        Assert.Equal(0, last);
        Assert.True(uses.Release());
    }
}
