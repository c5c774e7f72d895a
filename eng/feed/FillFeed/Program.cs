using ModelMesh.Feed;

var arguments = FillArguments.Parse(args);
try
{
    await FeedFiller.FillAsync(arguments, UserCache.DefaultFolder, CancellationToken.None);
    return 0;
}
catch (FeedException fault)
{
    // The restore hook shows this text as its one error line.
    await File.WriteAllTextAsync(arguments.ErrorFile, fault.Message);
    return 1;
}
