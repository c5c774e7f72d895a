using ModelMesh.ServiceDefaults;

namespace ModelMesh.AppHost;

internal static class AppHostHelp
{
    private const string Text = """
        ModelMesh.AppHost: brings up a whole mesh: a store, two registries, a gateway and, where it can be had, the Aspire dashboard.

          dotnet run --project ModelMesh.AppHost -- [settings]

        Settings are given in its appsettings.json, as environment variables (Ports__Gateway=8080) or on the command line (--Ports:Gateway 8080);
        the last of these wins. A wrong value stops the start; a name that nothing reads is ignored.

          Ports:Gateway             8080             public port of the gateway; 0 takes a free one
          Ports:Registry            8081             public port of the registries
          Ports:RegistryGrpc        9090             the same for gRPC
          Store:Kind                (none)           Given, Container, Server or Garnet; without it the first of these that can be had
          Store:DataDirectory       artifacts/store  where the store keeps its data
          ConnectionStrings:redis   (none)           a store of your own instead
          Dashboard:Enabled         true             false leaves the dashboard out

        The services inherit the environment but not the command line: Leases__Ttl=00:00:10 as a variable reaches the registries.
        Their own --help says more. The rest: README.md, "Configuration".
        """;

    /// <returns>True when it was asked for, and is printed.</returns>
    public static bool Print(string[] args) => CommandLineHelp.Print(args, Text);
}
