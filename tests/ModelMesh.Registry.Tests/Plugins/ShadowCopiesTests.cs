using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Plugins;

public sealed class ShadowCopiesTests
{
    [Fact]
    public async Task Start_AnotherProcessWasKilled_ItsHomeIsSweptAndALivingOnesIsNot()
    {
        var killed = Directory.CreateTempSubdirectory("modelmesh-plugins-").FullName;
        await File.WriteAllTextAsync(Path.Combine(killed, "in-use"), "");
        using var living = new ShadowCopies();
        living.Copy(PluginFolder.Read(PluginFolders.Mock)!);

        using var started = new ShadowCopies();

        await Eventually.HoldsAsync(() => !Directory.Exists(killed), "the killed one's home is gone");
        Assert.Single(living.Kept);
    }

    [Fact]
    public void Copy_OnAMachineOfManyUsers_IsReadAndReplacedByItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var copies = new ShadowCopies();
        var home = Path.GetDirectoryName(Path.GetDirectoryName(copies.Copy(PluginFolder.Read(PluginFolders.Mock)!)))!;

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(home));
    }
}
