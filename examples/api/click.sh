#!/bin/sh
# A picture, two clicks and its mask with curl. Start the server first, then name it here:
#
#     maskwise serve --port 7878 --token "$MASKWISE_TOKEN"
#     MASKWISE_URL=http://127.0.0.1:7878 sh click.sh cat.jpg 320,240 20,20 cat.mask.png
set -eu
picture=$1 object=$2 background=$3 mask=$4

ask() {
  path=$1
  shift
  curl --silent --show-error --fail-with-body -H "Authorization: Bearer $MASKWISE_TOKEN" "$@" "$MASKWISE_URL$path"
}

# The picture is looked at once; the answer holds the session's id.
id=$(ask "/v1/sessions?name=$(basename "$picture")" \
  -H "Content-Type: application/octet-stream" --data-binary "@$picture" |
  sed 's/.*"id":"\([^"]*\)".*/\1/')

ask "/v1/sessions/$id/prompts" -H "Content-Type: application/json" --data "{\"prompts\":[
  {\"kind\":\"click\",\"at\":{\"x\":${object%,*},\"y\":${object#*,}},\"says\":\"object\"},
  {\"kind\":\"click\",\"at\":{\"x\":${background%,*},\"y\":${background#*,}},\"says\":\"background\"}]}" >/dev/null

ask "/v1/sessions/$id/mask?format=png" --output "$mask"
ask "/v1/sessions/$id" --request DELETE
echo "$mask"
