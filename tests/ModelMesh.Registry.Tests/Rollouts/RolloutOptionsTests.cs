using ModelMesh.Registry.Rollouts;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

public sealed class RolloutOptionsTests
{
    [Fact]
    public void Validate_Defaults_Pass() => Assert.True(new RolloutOptionsValidator().Validate(null, new RolloutOptions()).Succeeded);

    [Fact]
    public void Validate_EverythingOutOfRange_ListsEveryFault() => Assert.Equal(
        [
            "Rollouts:JudgeInterval must be from 50 ms to 1 min.",
            "Rollouts:DriverTtl must be at least twice Rollouts:JudgeInterval, and at most 5 min.",
            "Rollouts:TellInterval must be from 20 ms to 10 s.",
        ],
        new RolloutOptionsValidator()
            .Validate(null, new RolloutOptions { JudgeInterval = TimeSpan.FromMinutes(2), DriverTtl = TimeSpan.FromMinutes(3), TellInterval = TimeSpan.Zero })
            .Failures);
}
