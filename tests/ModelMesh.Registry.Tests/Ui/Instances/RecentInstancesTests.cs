using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Ui.Instances;
using ModelMesh.ServiceDefaults.Instances;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Instances;

public sealed class RecentInstancesTests
{
    private readonly WallClock _time = new();
    private readonly FakeDirectory _directory = new();

    [Fact]
    public void Gone_AnInstanceThatWent_IsRememberedForTenMinutes()
    {
        _directory.Set("a", "b");
        using var recent = new RecentInstances(_directory, _time);
        var at = _time.GetUtcNow();

        _directory.Set("a");
        _time.Advance(TimeSpan.FromMinutes(10));
        var gone = Assert.Single(recent.Gone);
        Assert.Equal(("b", at), (gone.Instance.Id, gone.At));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(recent.Gone);
    }

    [Fact]
    public void Gone_AnInstanceThatIsBack_IsNotGone()
    {
        _directory.Set("a", "b");
        using var recent = new RecentInstances(_directory, _time);

        _directory.Set("a");
        _directory.Set("a", "b");

        Assert.Empty(recent.Gone);
    }

    [Fact]
    public void Gone_MoreThanAreRemembered_AreTheLatest()
    {
        _directory.Set("a");
        using var recent = new RecentInstances(_directory, _time);
        for (var i = 0; i < 60; i++)
        {
            _directory.Set("a", $"short-{i}");
        }

        Assert.Equal(50, recent.Gone.Length);
        Assert.Equal("short-58", recent.Gone[0].Instance.Id);
    }

    private sealed class FakeDirectory : IInstanceDirectory
    {
        public event Action? Changed;

        public IReadOnlyList<InstanceInfo> Current { get; private set; } = [];

        public void Set(params string[] ids)
        {
            Current = [.. ids.Select(id => new InstanceInfo(id, "http://h:1", "http://h:2", [], DateTimeOffset.UnixEpoch))];
            Changed?.Invoke();
        }
    }
}
