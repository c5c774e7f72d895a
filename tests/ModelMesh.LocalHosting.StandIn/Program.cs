using ModelMesh.LocalHosting.StandIn;

switch (args)
{
    case ["host", ..]:
        await StandInHost.RunAsync(args);
        break;
    case ["parent", ..]:
        await StandInParent.RunAsync();
        break;
    case ["store", var port]:
        await StandInStore.RunAsync(int.Parse(port));
        break;
    default:
        await StandInService.RunAsync(args);
        break;
}
