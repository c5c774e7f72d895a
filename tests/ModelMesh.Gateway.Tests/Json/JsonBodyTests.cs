using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Tests.Json;

public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("", "", "the body is empty; a JSON object is expected")]
    [InlineData(" \r\n\t", "", "the body is empty; a JSON object is expected")]
    [InlineData("[1]", "", "the body must be a JSON object, not an array")]
    [InlineData("null", "", "the body must be a JSON object, not null")]
    [InlineData("\"a\"", "", "the body must be a JSON object, not a string")]
    [InlineData("true", "", "the body must be a JSON object, not true or false")]
    [InlineData("12", "", "the body must be a JSON object, not a number")]
    [InlineData("model=chat", "", "the body is not valid JSON at line 1, column 1: a value is expected, not 'm'")]
    [InlineData("{'a':1}", "", "the body is not valid JSON at line 1, column 2: a name in double quotes is expected, not '''")]
    [InlineData("{a:1}", "", "the body is not valid JSON at line 1, column 2: a name in double quotes is expected, not 'a'")]
    [InlineData("{\"a\" 1}", "", "the body is not valid JSON at line 1, column 6: after a name ':' is expected, not '1'")]
    [InlineData("{\"a\":1}}", "", "the body is not valid JSON at line 1, column 8: something follows its end: '}'")]
    [InlineData("{\"a\":1} {\"b\":2}", "", "the body is not valid JSON at line 1, column 9: something follows its end: '{'")]
    [InlineData("{\"a\":1}\0", "", "the body is not valid JSON at line 1, column 8: something follows its end: the control character U+0000")]
    [InlineData("{\"a\":\n\"x\",}", "", "the body is not valid JSON at line 2, column 5: there must be no comma before '}'")]
    [InlineData("{,\"a\":1}", "", "the body is not valid JSON at line 1, column 2: a name in double quotes is expected, not ','")]
    [InlineData("{\"a\":1,,\"b\":2}", "", "the body is not valid JSON at line 1, column 8: a name in double quotes is expected, not ','")]
    [InlineData("{\"a\":1]", "a", "is not valid JSON at line 1, column 7: after this value ',' or '}' is expected, not ']'")]
    [InlineData("{\"a\":1 \"b\":2}", "a", "is not valid JSON at line 1, column 8: after this value ',' or '}' is expected, not '\"'")]
    [InlineData("{\"a\":}", "a", "is not valid JSON at line 1, column 6: a value is expected, not '}'")]
    [InlineData("{\"a\":NaN}", "a", "is not valid JSON at line 1, column 6: a value is expected, not 'N'")]
    [InlineData("{\"a\":True}", "a", "is not valid JSON at line 1, column 6: a value is expected, not 'T'")]
    [InlineData("{\"a\":sk-secret}", "a", "is not valid JSON at line 1, column 6: a value is expected, not 's'")]
    [InlineData("{\"a\":'x'}", "a", "is not valid JSON at line 1, column 6: strings are written in double quotes")]
    [InlineData("{\"a\":01}", "a", "is not valid JSON at line 1, column 6: this is no number as JSON writes them")]
    [InlineData("{\"a\":+1}", "a", "is not valid JSON at line 1, column 6: this is no number as JSON writes them")]
    [InlineData("{\"a\":1.}", "a", "is not valid JSON at line 1, column 6: this is no number as JSON writes them")]
    [InlineData("{\"a\":\0}", "a", "is not valid JSON at line 1, column 6: a value is expected, not the control character U+0000")]
    [InlineData("{\"a\":\"x\0\"}", "a", "is not valid JSON at line 1, column 8: the control character U+0000 must be escaped in a string")]
    [InlineData("{\"a\":\"x\ny\"}", "a", "is not valid JSON at line 1, column 8: the control character U+000A must be escaped in a string, a line break as \\n")]
    [InlineData("{\"a\":\"\\x\"}", "a", "is not valid JSON at line 1, column 7: this is no escape that JSON knows")]
    [InlineData("{\"a\":\"\\u12g4\"}", "a", "is not valid JSON at line 1, column 7: \\u is followed by four hexadecimal digits")]
    [InlineData("{\"a\":1 // why\n}", "a", "is not valid JSON at line 1, column 8: comments are not part of JSON")]
    [InlineData("/* a */{}", "", "the body is not valid JSON at line 1, column 1: comments are not part of JSON")]
    [InlineData("{\"a\":[1,2,]}", "a[2]", "is not valid JSON at line 1, column 11: there must be no comma before ']'")]
    [InlineData("{\"a\":[1 2]}", "a[0]", "is not valid JSON at line 1, column 9: after this value ',' or ']' is expected, not '2'")]
    [InlineData("{\"a\":[,1]}", "a[0]", "is not valid JSON at line 1, column 7: a value is expected, not ','")]
    [InlineData("{\"ü\":[\"日本\",x]}", "ü[1]", "is not valid JSON at line 1, column 12: a value is expected, not 'x'")]
    [InlineData("{\"a\":\"ü\", \"b\":é}", "b", "is not valid JSON at line 1, column 15: a value is expected, not 'é'")]
    [InlineData("{\"\\u0061b\":x}", "ab", "is not valid JSON at line 1, column 12: a value is expected, not 'x'")]
    [InlineData("{\"\\ud800\":x}", "?", "is not valid JSON at line 1, column 11: a value is expected, not 'x'")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},\n{\"role\":\"user\",\"content\":oops}]}", "messages[1].content", "is not valid JSON at line 2, column 26: a value is expected, not 'o'")]
    [InlineData("{\"tools\":[{\"function\":{\"parameters\":{\"a\":1,}}}]}", "tools[0].function.parameters", "is not valid JSON at line 1, column 44: there must be no comma before '}'")]
    [InlineData("{\"a\":[{\"b\":1},{\"c\":2}],\"d\":x}", "d", "is not valid JSON at line 1, column 28: a value is expected, not 'x'")]
    public void ParseObject_BadBody_NamesThePathTheFaultAndItsPlace(string body, string field, string message)
    {
        var fault = Fault(Encoding.UTF8.GetBytes(body));

        Assert.Equal((field, message), (fault.Field, fault.Message));
    }

    [Theory]
    [InlineData("{", "", "the body is not valid JSON at line 1, column 2: the body ends before it is complete")]
    [InlineData("{\"a", "", "the body is not valid JSON at line 1, column 4: the body ends inside a string")]
    [InlineData("{\"a\"", "", "the body is not valid JSON at line 1, column 5: the body ends before it is complete")]
    [InlineData("{\"a\":", "a", "is not valid JSON at line 1, column 6: the body ends before it is complete")]
    [InlineData("{\"a\":tr", "a", "is not valid JSON at line 1, column 8: the body ends before it is complete")]
    [InlineData("{\"a\":1", "a", "is not valid JSON at line 1, column 7: the body ends before it is complete")]
    [InlineData("{\"a\":1,", "", "the body is not valid JSON at line 1, column 8: the body ends before it is complete")]
    [InlineData("{\"a\":[{\"b\":\"x\\", "a[0].b", "is not valid JSON at line 1, column 15: the body ends inside a string")]
    [InlineData("{\"a\":[{\"b\":\"\\u00", "a[0].b", "is not valid JSON at line 1, column 17: the body ends inside a string")]
    [InlineData("{\"a\":[1,", "a[1]", "is not valid JSON at line 1, column 9: the body ends before it is complete")]
    public void ParseObject_CutBody_SaysWhereItEnds(string body, string field, string message)
    {
        var fault = Fault(Encoding.UTF8.GetBytes(body));

        Assert.Equal((field, message), (fault.Field, fault.Message));
    }

    [Fact]
    public void ParseObject_DeeperThanTheLimit_NamesThePathAndTheDeepestIsTaken()
    {
        using var deepest = JsonBody.ParseObject(Nested(63));

        var fault = Fault(Nested(64));

        Assert.Equal("is not valid JSON at line 1, column 289: it is nested deeper than 64 levels", fault.Message);
        Assert.StartsWith("list[0].list[0].list[0].", fault.Field, StringComparison.Ordinal);

        // Objects and arrays in turn: {"list":[{"list":[…
        static byte[] Nested(int inside) => Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(0, inside + 1).Select(i => i % 2 == 0 ? "{\"list\":" : "[")) + "1" + string.Concat(Enumerable.Range(0, inside + 1).Reverse().Select(i => i % 2 == 0 ? "}" : "]")));
    }

    [Fact]
    public void ParseObject_LongLineBeforeTheFault_CostsNoCopyOfIt()
    {
        const int Length = 8 * 1024 * 1024;
        var body = Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('ü', Length / 2)}\",");

        // What a reader rents for a body of that length stays in the pool.
        Fault(body);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var fault = Fault(body);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Length / 8);
        Assert.Contains($"column {(Length / 2) + 9}:", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ParseObject_ByteOrderMark_IsPassedOver()
    {
        using var document = JsonBody.ParseObject((byte[])[0xEF, 0xBB, 0xBF, .. "{\"a\":1}"u8]);

        Assert.Equal(1, document.RootElement.GetProperty("a").GetInt32());
    }

    [Fact]
    public void ParseObject_Utf16_IsSaidToBeThat()
    {
        var fault = Fault([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("{}")]);

        Assert.Equal(("", "the body is UTF-16; JSON is sent as UTF-8"), (fault.Field, fault.Message));
    }

    [Fact]
    public void ParseObject_BytesThatAreNotUtf8_NamesTheFieldTheyAreIn()
    {
        var inValue = Fault([.. "{\"a\":\"ok\",\n\"b\":[\"x\",\"y"u8, 0xC3, 0x28, .. "\"]}"u8]);
        var inName = Fault([.. "{\"a\":{\""u8, 0xFF, .. "\":1}}"u8]);

        Assert.Equal(("b[1]", "is not valid UTF-8 at line 2, column 12: these bytes are no character"), (inValue.Field, inValue.Message));
        Assert.Equal(("a", "is not valid UTF-8 at line 1, column 8: these bytes are no character"), (inName.Field, inName.Message));
    }

    [Fact]
    public void ParseObject_AnyCutOrChangedBody_IsTakenOrRefusedInPrintableWords()
    {
        var whole = """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a\u00e4\n"}]},{"n":-1.5e3,"t":true,"z":null}],"e":{},"f":[]}"""u8.ToArray();
        for (var at = 0; at < whole.Length; at++)
        {
            byte[][] bodies = [whole[..at], .. Enumerable.Range(0, 256).Select(value => (byte[])[.. whole[..at], (byte)value, .. whole[(at + 1)..]])];
            foreach (var body in bodies)
            {
                try
                {
                    JsonBody.ParseObject(body).Dispose();
                }
                catch (MeshException exception)
                {
                    Assert.Equal(ErrorCode.InvalidRequest, exception.Code);
                    Assert.DoesNotContain(exception.Message, char.IsControl);
                }
            }
        }
    }

    private static ErrorDetail Fault(byte[] body) => Assert.Single(Assert.Throws<MeshException>(() => JsonBody.ParseObject(body)).Details);
}
